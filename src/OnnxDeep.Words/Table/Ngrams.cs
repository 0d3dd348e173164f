namespace OnnxDeep.Words.Table;

/// <summary>
/// Enumerates the character n-grams of a word with its markers as ranges of its UTF-8, without allocating memory.
/// </summary>
internal ref struct Ngrams
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _minimum;
    private readonly int _maximum;
    private readonly bool _isFastText;
    private int _start;
    private int _end;
    private int _length;

    private Ngrams(ReadOnlySpan<byte> text, SubwordOptions options)
    {
        _text = text;
        _minimum = options.MinimumLength;
        _maximum = options.MaximumLength;
        _isFastText = options.Hash == SubwordHash.FastText;
        _start = -1;
        _end = text.Length;
    }

    /// <summary>The bytes of the n-gram.</summary>
    public readonly ReadOnlySpan<byte> Current => _text[_start.._end];

    /// <summary>
    /// Enumerates all n-grams in fastText's order: by first character, then by length. fastText leaves out single
    /// characters at both ends, which are the markers; floret includes them.
    /// </summary>
    /// <param name="text">The word with its markers.</param>
    /// <param name="options">The lengths and the program whose n-grams to use.</param>
    public static Ngrams Of(ReadOnlySpan<byte> text, SubwordOptions options) => new(text, options);

    /// <summary>Returns this enumerator, for foreach.</summary>
    public readonly Ngrams GetEnumerator() => this;

    /// <summary>Moves to the next n-gram.</summary>
    /// <returns><see langword="false"/> after the last one.</returns>
    public bool MoveNext()
    {
        do
        {
            if (_end == _text.Length || _length >= _maximum)
            {
                if (!NextStart())
                {
                    return false;
                }
            }

            _end = EndOfCharacter(_end);
            _length++;
        }
        while (_length < _minimum || IsMarker());

        return true;
    }

    /// <summary>Counts the code points of UTF-8.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte value in text)
        {
            count += IsContinuation(value) ? 0 : 1;
        }

        return count;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;

    private readonly bool IsMarker() => _isFastText && _length == 1 && (_start == 0 || _end == _text.Length);

    private readonly int EndOfCharacter(int index)
    {
        do
        {
            index++;
        }
        while (index < _text.Length && IsContinuation(_text[index]));

        return index;
    }

    private bool NextStart()
    {
        do
        {
            _start++;
        }
        while (_start < _text.Length && IsContinuation(_text[_start]));

        _end = _start;
        _length = 0;
        return _start < _text.Length && _maximum > 0;
    }
}
