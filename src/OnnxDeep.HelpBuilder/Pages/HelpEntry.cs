namespace OnnxDeep.HelpBuilder.Pages;

/// <summary>A parameter or type and its paragraphs.</summary>
/// <param name="Name">The parameter without the hyphen, or the type's full name.</param>
/// <param name="Text">What the page says.</param>
internal sealed record HelpEntry(string Name, IReadOnlyList<string> Text);
