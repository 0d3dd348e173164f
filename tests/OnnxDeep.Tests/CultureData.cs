namespace OnnxDeep.Tests;

/// <summary>Whether .NET has ICU's data, which globalization-invariant mode leaves out.</summary>
internal static class CultureData
{
    /// <summary>The reason why tests that need the data are skipped.</summary>
    public const string Missing = "Without culture data, .NET's String.Normalize does not compose letters.";

    /// <summary>Whether normalisation combines a letter and its accent.</summary>
    public static bool ComposesLetters { get; } = "e\u0301".Normalize().Length == 1;
}
