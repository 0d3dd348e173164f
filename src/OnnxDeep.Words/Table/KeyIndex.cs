using System.Buffers;
using System.Numerics;

using CommunityToolkit.HighPerformance.Buffers;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Builds the keys of a table: their bytes back to back, with an open-addressing index, in the layout of a table file.
/// The slots are always the same as after inserting the keys in order, however the index grew.
/// </summary>
internal sealed class KeyIndex : IDisposable
{
    private readonly ArrayPoolBufferWriter<byte> _bytes = new();
    private readonly ArrayPoolBufferWriter<uint> _offsets = new();
    private readonly ArrayPoolBufferWriter<uint> _rows = new();
    private uint[] _slots = new uint[2];

    /// <summary>Creates an empty index.</summary>
    public KeyIndex() => _offsets.Write([0u]);

    /// <summary>The number of keys.</summary>
    public int Count => _rows.WrittenCount;

    /// <summary>The bytes of the keys.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>[Count + 1]: the start of each key in <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<uint> Offsets => _offsets.WrittenSpan;

    /// <summary>[Count]: the row of each key.</summary>
    public ReadOnlySpan<uint> Rows => _rows.WrittenSpan;

    /// <summary>
    /// The slots, a power of two greater than 4/3 of the number of keys: 0 is empty, otherwise the key's number plus
    /// one.
    /// </summary>
    public ReadOnlySpan<uint> Slots => _slots;

    /// <summary>Adds a key, unless it already exists.</summary>
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

    /// <summary>Whether the key exists.</summary>
    public bool Contains(ReadOnlySpan<byte> key) => _slots[Find(key, StoredKey.Hash(key))] != 0;

    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
        _rows.Dispose();
    }

    /// <summary>The number of slots for a number of keys.</summary>
    public static long SlotCount(int keys) => BitOperations.RoundUpToPowerOf2((uint)((keys * 4L / 3) + 1));

    private ReadOnlySpan<byte> Key(int index)
    {
        ReadOnlySpan<uint> offsets = _offsets.WrittenSpan;
        return _bytes.WrittenSpan[(int)offsets[index]..(int)offsets[index + 1]];
    }

    // The slot of the key, or the empty one where it would be inserted.
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
