using System.Collections;
using System.Collections.Specialized;
using System.Globalization;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// A map as a dictionary in the order of its keys, which are either all 64-bit integers or all texts. An index is
/// always a key, never a position: a number of any type and its text find the same key.
/// </summary>
/// <remarks>
/// The interfaces enumerate the entries with texts as keys, because writers of JSON and other text formats accept no
/// others. <see cref="GetEnumerator"/> and <see cref="Keys"/> have the keys themselves.
/// </remarks>
public sealed class OnnxDictionary : IDictionary, IReadOnlyDictionary<string, object?>
{
    private readonly OrderedDictionary _pairs = [];
    private readonly bool _hasTexts;

    /// <summary>Creates a dictionary with the pairs of a map.</summary>
    internal OnnxDictionary(OnnxMap map)
    {
        _hasTexts = map.Keys.ElementType == OnnxElementType.String;
        for (int i = 0; i < map.Keys.Count; i++)
        {
            this[map.Keys.GetElement(i)] = map.Values.GetElement(i);
        }
    }

    /// <summary>The keys, as int64 or string.</summary>
    public ICollection Keys => _pairs.Keys;

    /// <summary>The values in the order of the keys.</summary>
    public ICollection Values => _pairs.Values;

    /// <summary>The number of keys.</summary>
    public int Count => _pairs.Count;

    /// <summary>False: entries can be added and removed.</summary>
    public bool IsFixedSize => false;

    /// <summary>False: values can be replaced.</summary>
    public bool IsReadOnly => false;

    /// <summary>False: not thread-safe.</summary>
    public bool IsSynchronized => false;

    /// <summary>The object to lock.</summary>
    public object SyncRoot => this;

    /// <summary>Gets or sets the value of a key; null if there is no such key.</summary>
    /// <param name="key">A number or a text.</param>
    public object? this[object key]
    {
        get => _pairs[ToKey(key)];
        set => _pairs[ToKey(key)] = value;
    }

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => _pairs.Keys.Cast<object>().Select(ToText);

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _pairs.Values.Cast<object?>();

    object? IReadOnlyDictionary<string, object?>.this[string key] => Contains(key)
        ? this[key]
        : throw new KeyNotFoundException($"There is no key '{key}'.");

    /// <summary>Whether there is such a key.</summary>
    /// <param name="key">A number or a text.</param>
    public bool Contains(object key) => _pairs.Contains(ToKey(key));

    /// <summary>Adds a key with its value.</summary>
    /// <exception cref="ArgumentException">The key exists.</exception>
    public void Add(object key, object? value) => _pairs.Add(ToKey(key), value);

    /// <summary>Removes a key; does nothing if it does not exist.</summary>
    public void Remove(object key) => _pairs.Remove(ToKey(key));

    /// <summary>Removes all keys.</summary>
    public void Clear() => _pairs.Clear();

    /// <summary>Copies the entries to an array.</summary>
    public void CopyTo(Array array, int index) => _pairs.CopyTo(array, index);

    /// <summary>Enumerates the entries with the keys themselves.</summary>
    public IDictionaryEnumerator GetEnumerator() => _pairs.GetEnumerator();

    /// <summary>The entries in JSON, such as <c>{"1":0.25,"2":0.75}</c>.</summary>
    public override string ToString() => ScriptText.Write(this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IDictionaryEnumerator IDictionary.GetEnumerator()
    {
        var texts = new OrderedDictionary();
        foreach (KeyValuePair<string, object?> pair in (IReadOnlyDictionary<string, object?>)this)
        {
            texts.Add(pair.Key, pair.Value);
        }

        return texts.GetEnumerator();
    }

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() =>
        _pairs.Cast<DictionaryEntry>()
            .Select(pair => new KeyValuePair<string, object?>(ToText(pair.Key), pair.Value))
            .GetEnumerator();

    bool IReadOnlyDictionary<string, object?>.ContainsKey(string key) => Contains(key);

    bool IReadOnlyDictionary<string, object?>.TryGetValue(string key, out object? value)
    {
        value = this[key];
        return Contains(key);
    }

    private object ToKey(object key)
    {
        if (_hasTexts)
        {
            return ToText(key);
        }

        return key is string text
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
                ? parsed
                : text
            : key is IConvertible number && TryGetWhole(number, out long whole) ? whole : key;
    }

    private static bool TryGetWhole(IConvertible key, out long whole)
    {
        try
        {
            decimal number = key.ToDecimal(CultureInfo.InvariantCulture);
            whole = decimal.ToInt64(number);
            return whole == number;
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or FormatException)
        {
            whole = 0;
            return false;
        }
    }

    private static string ToText(object key) => Convert.ToString(key, CultureInfo.InvariantCulture)!;
}
