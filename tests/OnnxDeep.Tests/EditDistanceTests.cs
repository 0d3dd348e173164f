namespace OnnxDeep.Tests;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("", "ab", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("brocolli", "broccoli", 2)]
    [InlineData("recieve", "receive", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void EditsAreChangesGapsAndExchanges(string a, string b, int expected)
    {
        Assert.Equal(expected, EditDistance.Count(a, b, 9));
        Assert.Equal(expected, EditDistance.Count(b, a, 9));
    }

    // Against the plain recursion of the definition.
    [Fact]
    public void LimitOnlySavesWork()
    {
        var random = new Random(3);
        for (int i = 0; i < 500; i++)
        {
            string a = Draw(random);
            string b = Draw(random);
            int plain = Plain(a, b);
            for (int most = 0; most < 4; most++)
            {
                int found = EditDistance.Count(a, b, most);
                Assert.True(plain <= most ? found == plain : found > most, $"{a} {b} {most}: {found}, not {plain}");
            }
        }
    }

    private static string Draw(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => (char)('a' + random.Next(3))));

    private static int Plain(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length;
        }

        int edits = Math.Min(
            Math.Min(Plain(a[..^1], b), Plain(a, b[..^1])) + 1, Plain(a[..^1], b[..^1]) + (a[^1] == b[^1] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1]
            ? Math.Min(edits, Plain(a[..^2], b[..^2]) + 1)
            : edits;
    }
}
