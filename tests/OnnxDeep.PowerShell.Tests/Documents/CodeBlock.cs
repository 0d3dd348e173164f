using System.Globalization;

namespace OnnxDeep.Tests.Documents;

/// <summary>A fenced code block in a Markdown page.</summary>
/// <param name="Document">The path of the page in the repository.</param>
/// <param name="Line">The line of the opening fence, counted from 1.</param>
/// <param name="Language">The word after the opening fence.</param>
/// <param name="Code">The lines between the fences.</param>
/// <param name="Output">The output block that immediately follows; null if there is none.</param>
internal sealed record CodeBlock(string Document, int Line, string Language, string Code, string? Output)
{
    private const string Fence = "```";

    /// <summary>The name of the block in results.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Document}:{Line}");

    /// <summary>The lines of a shell block that are commands.</summary>
    public IEnumerable<string> Commands => Code.Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>All blocks of a page; an output block belongs to the one before it.</summary>
    public static IReadOnlyList<CodeBlock> ReadAll(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, document));
        var blocks = new List<CodeBlock>();
        int end = -1;
        for (int start = NextFence(lines, 0); start < lines.Length; start = NextFence(lines, end + 1))
        {
            bool isAdjacent = end >= 0 && lines[(end + 1)..start].All(string.IsNullOrWhiteSpace);
            end = NextFence(lines, start + 1);
            string language = lines[start][Fence.Length..].Trim();
            string code = string.Join('\n', lines[(start + 1)..end]);
            if (language == "output" && isAdjacent)
            {
                blocks[^1] = blocks[^1] with { Output = code };
            }
            else
            {
                blocks.Add(new CodeBlock(document, start + 1, language, code, null));
            }
        }

        return blocks;
    }

    private static int NextFence(string[] lines, int from)
    {
        int index = Array.FindIndex(lines, from, line => line.StartsWith(Fence, StringComparison.Ordinal));
        return index < 0 ? lines.Length : index;
    }
}
