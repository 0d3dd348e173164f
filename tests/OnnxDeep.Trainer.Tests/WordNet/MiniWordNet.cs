using System.Text;

namespace OnnxDeep.Tests.WordNet;

/// <summary>A WordNet of ten synsets in a temporary directory, which is deleted on disposal.</summary>
internal sealed class MiniWordNet : IDisposable
{
    private const string License = "  1 This software and database is being provided to you, the LICENSEE\n";

    public MiniWordNet()
    {
        Path = Directory.CreateTempSubdirectory("mini-wordnet-").FullName;
        Write(
            "data.noun",
            "00000001 03 n 01 entity 0 000 | that which exists",
            "00000002 13 n 02 food 0 nutrient 1 001 @ 00000001 n 0000 | what can be eaten; \"food and drink\"",
            "00000003 13 n 01 fruit 0 001 @ 00000002 n 0000 | sweet food that grows on a tree",
            "00000004 13 n 01 apple 0 002 @ 00000003 n 0000 %p 00000007 n 0000 | sweet fruit with red skin",
            "00000005 15 n 01 Turkey 0 001 @i 00000001 n 0000 | a country",
            "00000006 05 n 01 turkey 0 001 @ 00000001 n 0000 | a large bird; \"they ate a turkey\"",
            "00000007 20 n 02 apple_tree 0 Malus_pumila 0 002 @ 00000001 n 0000 #p 00000004 n 0000"
            + " | tree with an apple");
        Write(
            "data.verb",
            "00000001 34 v 01 eat 0 001 + 00000002 n 0101 01 + 02 00 | take in food; \"eat an apple\"");
        Write("data.adj", "00000001 00 a 01 sweet(p) 0 000 | having the taste of sugar");
        Write("data.adv", "00000001 02 r 01 sweetly 0 001 \\ 00000001 a 0101 | in a sweet way");
        Write(
            "index.noun",
            "apple n 1 2 @ %p 1 1 00000004",
            "apple_tree n 1 1 @ 1 0 00000007",
            "entity n 1 0 1 0 00000001",
            "food n 1 1 @ 1 1 00000002",
            "fruit n 1 1 @ 1 0 00000003",
            "malus_pumila n 1 1 @ 1 0 00000007",
            "nutrient n 1 1 @ 1 0 00000002",
            "turkey n 2 1 @ 2 1 00000005 00000006");
        Write("index.verb", "eat v 1 1 + 1 1 00000001");
        Write("index.adj", "sweet a 1 0 1 0 00000001");
        Write("index.adv", "sweetly r 1 1 \\ 1 0 00000001");
        Write("noun.exc", "kine cow", "teeth tooth");
        Write("verb.exc", "ate eat", "eaten eat");
        Write("adj.exc", "best good well");
        Write("adv.exc", "best well");
        Write(
            "cntlist.rev",
            "apple%1:13:00:: 1 2",
            "eat%2:34:00:: 1 61", "food%1:13:00:: 1 34", "turkey%1:15:00:: 1 9");
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, params string[] lines) =>
        System.IO.File.WriteAllText(File(name), License + string.Join('\n', lines) + "\n", Encoding.UTF8);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
