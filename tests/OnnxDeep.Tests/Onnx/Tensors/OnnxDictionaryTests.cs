using System.Collections;
using System.Runtime.InteropServices;
using System.Text.Json;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class OnnxDictionaryTests
{
    public static TheoryData<object> Twos => [2, 2L, (byte)2, (ulong)2, 2.0, 2f, 2m, "2", DayOfWeek.Tuesday];

    [Theory]
    [MemberData(nameof(Twos))]
    public void IndexIsAKeyAndNotAPosition(object key)
    {
        OnnxDictionary numbers = Create(0, 2, 1);

        Assert.Equal(0.5f, numbers[key]);
        Assert.True(numbers.Contains(key));
        Assert.Equal([0L, 2L, 1L], numbers.Keys.Cast<object>());
        Assert.Equal(0.25f, ((IDictionary)numbers)[0]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1.5)]
    [InlineData("two")]
    [InlineData("2.0")]
    [InlineData(double.NaN)]
    [InlineData(ulong.MaxValue)]
    [InlineData('2')]
    public void UnknownKeyHasNoValue(object key)
    {
        OnnxDictionary numbers = Create(0, 2, 1);

        Assert.Null(numbers[key]);
        Assert.False(numbers.Contains(key));
    }

    [Fact]
    public void LargeAndNegativeKeysAreFound()
    {
        OnnxDictionary numbers = Create(long.MinValue, -1, long.MaxValue);

        Assert.Equal([0.25f, 0.5f, 0.75f], [numbers[long.MinValue], numbers[-1], numbers["9223372036854775807"]]);
        Assert.Equal("{\"-9223372036854775808\":0.25,\"-1\":0.5,\"9223372036854775807\":0.75}", $"{numbers}");
    }

    [Fact]
    public void TextsKeepTheirCaseAndNumbersFindTheirText()
    {
        OnnxDictionary texts = Create("Rose", "rose", "7");

        Assert.Equal([0.25f, 0.5f, 0.75f, null], [texts["Rose"], texts["rose"], texts[7], texts["ROSE"]]);
        Assert.Equal("{\"Rose\":0.25,\"rose\":0.5,\"7\":0.75}", texts.ToString());
    }

    [Fact]
    public void InterfacesEnumerateTextsAndTheDictionaryItsKeys()
    {
        OnnxDictionary numbers = Create(10, 9);
        var entries = new List<object>();
        foreach (DictionaryEntry pair in (IDictionary)numbers)
        {
            entries.Add(pair.Key);
        }

        Assert.Equal(["10", "9"], entries);
        IDictionaryEnumerator own = numbers.GetEnumerator();
        Assert.True(own.MoveNext());
        Assert.Equal((10L, 0.25f), (own.Key, own.Value));
        var texts = (IReadOnlyDictionary<string, object?>)numbers;
        Assert.Equal(["10", "9"], texts.Keys);
        Assert.Equal([0.25f, 0.5f], texts.Values);
        Assert.Equal(0.5f, texts["9"]);
        Assert.True(texts.TryGetValue("9", out object? value));
        Assert.Equal(0.5f, value);
        Assert.False(texts.TryGetValue("11", out _));
        Assert.True(texts.ContainsKey("10"));
        Assert.Throws<KeyNotFoundException>(() => texts["11"]);
        Assert.Equal("{\"10\":0.25,\"9\":0.5}", JsonSerializer.Serialize(texts));
    }

    [Fact]
    public void EntriesCanBeChanged()
    {
        OnnxDictionary numbers = Create(1, 2);
        numbers[1] = 5;
        numbers.Remove(2);
        numbers.Add("3", 6);

        Assert.Equal("{\"1\":5,\"3\":6}", numbers.ToString());
        Assert.Throws<ArgumentException>(() => numbers.Add(3.0, 7));
        object[] copy = new object[2];
        numbers.CopyTo(copy, 0);
        Assert.Contains(new DictionaryEntry(3L, 6), copy.Cast<DictionaryEntry>());
        numbers.Clear();
        Assert.Equal((0, "{}"), (numbers.Count, numbers.ToString()));
    }

    private static OnnxDictionary Create(params long[] keys) => Create(
        new OnnxTensor(OnnxElementType.Int64, [keys.Length], MemoryMarshal.AsBytes<long>(keys).ToArray()));

    private static OnnxDictionary Create(params string[] keys) => Create(new OnnxTensor([keys.Length], keys));

    private static OnnxDictionary Create(OnnxTensor keys)
    {
        float[] values = new[] { 0.25f, 0.5f, 0.75f }[..keys.Count];
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        return Assert.IsType<OnnxDictionary>(
            new OnnxMap(keys, new OnnxTensor(OnnxElementType.Float, [values.Length], bytes)).ToObject());
    }
}
