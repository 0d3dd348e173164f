namespace OnnxDeep.HelpBuilder.Pages;

/// <summary>An example.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What to type.</param>
/// <param name="Remarks">Paragraphs about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
