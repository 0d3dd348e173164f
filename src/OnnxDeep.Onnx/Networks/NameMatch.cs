namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Looks up a name from the user: ONNX distinguishes case, and users may ignore it where no two names differ in it.
/// </summary>
internal static class NameMatch
{
    /// <summary>
    /// Returns the items with exactly this name, otherwise those with this name in another case; more than one of these
    /// means that the name is ambiguous.
    /// </summary>
    public static IReadOnlyList<T> Find<T>(IEnumerable<T> items, Func<T, string> getName, string wanted)
    {
        T[] found = [.. items.Where(item => getName(item).Equals(wanted, StringComparison.OrdinalIgnoreCase))];
        T[] exact = [.. found.Where(item => getName(item) == wanted)];
        return exact.Length > 0 ? exact : found;
    }
}
