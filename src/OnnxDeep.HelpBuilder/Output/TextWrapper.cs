using System.Text;

namespace OnnxDeep.HelpBuilder.Output;

/// <summary>Breaks text at blanks.</summary>
internal static class TextWrapper
{
    /// <summary>Lines of at most so many columns; only a longer word makes a longer line.</summary>
    /// <param name="text">Words and blanks.</param>
    /// <param name="width">The columns, indentation included.</param>
    /// <param name="first">What the first line begins with.</param>
    /// <param name="rest">The blanks that the others begin with.</param>
    public static IEnumerable<string> Wrap(string text, int width, string first, int rest)
    {
        var line = new StringBuilder(first);
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', rest);
                isEmpty = true;
            }

            line.Append(isEmpty ? string.Empty : " ").Append(word);
            isEmpty = false;
        }

        yield return line.ToString();
    }
}
