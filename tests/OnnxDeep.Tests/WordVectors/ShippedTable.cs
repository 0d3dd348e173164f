using System.Runtime.CompilerServices;

namespace OnnxDeep.Tests.WordVectors;

/// <summary>Where the default vectors stand.</summary>
internal static class ShippedTable
{
    public static string Path => System.IO.Path.Combine(Root(), "models", "wordnet-300d.safetensors");

    // tests/OnnxDeep.Tests/WordVectors/ShippedTable.cs is three folders below the root.
    private static string Root([CallerFilePath] string file = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "..", "..", ".."));
}
