namespace OnnxDeep.Tests.Packages;

/// <summary>An entry of THIRD-PARTY-NOTICES.txt.</summary>
/// <param name="Name">The name of the work, for a package its id.</param>
/// <param name="Version">The version.</param>
/// <param name="License">The licence as an SPDX expression.</param>
/// <param name="Files">The files that are or contain it.</param>
/// <param name="Texts">The numbers of its texts.</param>
internal sealed record Notice(
    string Name, string Version, string License, IReadOnlyList<string> Files, IReadOnlyList<int> Texts)
{
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    private static readonly string s_endOfEntries = $"\n{new string('=', 120)}\n";

    /// <summary>Reads all entries.</summary>
    public static Notice[] ReadAll(string text) =>
    [
        .. text.Split(s_endOfEntries)[0].Split("\n\n")
            .Where(part => part.StartsWith("Name: ", StringComparison.Ordinal))
            .Select(part =>
            {
                ILookup<string, string> fields = part.Trim().Split('\n')
                    .Select(line => line.Split(": ", 2))
                    .ToLookup(field => field[0], field => field[1]);
                return new Notice(
                    fields["Name"].Single(),
                    fields["Version"].Single(),
                    fields["License"].Single(),
                    [.. fields["File"]],
                    [.. fields["Texts"].Single().Split(", ").Select(int.Parse)]);
            }),
    ];

    /// <summary>Reads the numbered texts, without their headings.</summary>
    public static string[] ReadTexts(string text) =>
        [.. text.Split(s_endOfEntries).Skip(1).Select(part => part.Split("\n\n", 2)[1])];
}
