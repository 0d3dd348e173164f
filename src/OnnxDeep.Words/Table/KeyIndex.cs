using System.Buffers;
using System.Numerics;

using CommunityToolkit.HighPerformance.Buffers;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Keys in the making: their bytes back to back and an open-addressing index over them, laid out as a table file
/// stores them. However it grew, the slots are those of inserting the keys in order.
/// </summary>
internal sealed class KeyIndex : IDisposable
{
    private readonly ArrayPoolBufferWriter<byte> _bytes = new();
    private readonly ArrayPoolBufferWriter<uint> _offsets = new();
    private readonly ArrayPoolBufferWriter<uint> _rows = new();
    private uint[] _slots = new uint[2];

    /// <summary>Starts without a key.</summary>
    public KeyIndex() => _offsets.Write([0u]);

    /// <summary>The number of keys.</summary>
    public int Count => _rows.WrittenCount;

    /// <summary>The keys' bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>[Count + 1]: where each key starts in <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<uint> Offsets => _offsets.WrittenSpan;

    /// <summary>[Count]: the row of each key.</summary>
    public ReadOnlySpan<uint> Rows => _rows.WrittenSpan;

    /// <summary>A power of two above 4/3 of the keys: 0 is empty, else the key's number plus one.</summary>
    public ReadOnlySpan<uint> Slots => _slots;

    /// <summary>Adds a key, unless it is there already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> key, int row)
    {
        long slot = Find(key, StoredKey.Hash(key));
        if (_slots[slot] != 0)
        {
            return false;
        }

        _bytes.Write(key);
        _offsets.Write([checked((uint)_bytes.WrittenCount)]);
        _rows.Write([(uint)row]);
        _slots[slot] = (uint)Count;
        if (SlotCount(Count + 1) > _slots.Length)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => _slots[Find(key, StoredKey.Hash(key))] != 0;

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
        _rows.Dispose();
    }

    /// <summary>The slots that this many keys take.</summary>
    public static long SlotCount(int keys) => BitOperations.RoundUpToPowerOf2((uint)((keys * 4L / 3) + 1));

    private ReadOnlySpan<byte> Key(int index)
    {
        ReadOnlySpan<uint> offsets = _offsets.WrittenSpan;
        return _bytes.WrittenSpan[(int)offsets[index]..(int)offsets[index + 1]];
    }

    // The key's slot, or the empty one where it belongs.
    private long Find(ReadOnlySpan<byte> key, ulong hash)
    {
        long mask = _slots.Length - 1;
        long slot = (long)hash & mask;
        while (_slots[slot] != 0 && !Key((int)_slots[slot] - 1).SequenceEqual(key))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        uint[] slots = new uint[SlotCount(Count + 1)];
        long mask = slots.Length - 1;
        for (int i = 0; i < Count; i++)
        {
            long slot = (long)StoredKey.Hash(Key(i)) & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = (uint)i + 1;
        }

        _slots = slots;
    }
}
