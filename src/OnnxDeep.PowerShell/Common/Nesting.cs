namespace OnnxDeep.PowerShell.Common;

/// <summary>Limits the depth of lists: one that contains itself would be read until the process dies.</summary>
internal static class Nesting
{
    /// <summary>The maximum number of lists inside each other.</summary>
    public const int Most = 64;

    /// <summary>Returns the level of the items of a list.</summary>
    /// <param name="level">The level of the list, from 0.</param>
    /// <exception cref="OnnxDeepException">The list is nested too deeply.</exception>
    public static int Enter(int level) => level < Most ? level + 1 : throw new OnnxDeepException(
        ErrorIds.NestingTooDeep,
        $"A list or object contains itself, or there are more than {Most} inside each other. Specify plain lists.");
}
