namespace OnnxDeep.Tests;

/// <summary>What .NET can do only with ICU's data, which globalization-invariant mode leaves out.</summary>
internal static class CultureData
{
    /// <summary>Why a test that needs it skips.</summary>
    public const string Missing = "Without culture data .NET's String.Normalize composes no letters.";

    /// <summary>Whether a letter and its accent become one.</summary>
    public static bool ComposesLetters { get; } = "e\u0301".Normalize().Length == 1;
}
