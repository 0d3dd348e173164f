namespace OnnxDeep.HelpBuilder.Pages;

/// <summary>A cmdlet's page; texts are lists of paragraphs.</summary>
/// <param name="File">Where it was read from.</param>
/// <param name="Name">Verb-Noun.</param>
/// <param name="Synopsis">One line.</param>
/// <param name="Description">At least one paragraph.</param>
/// <param name="Examples">At least one.</param>
/// <param name="Parameters">In the page's order.</param>
/// <param name="Inputs">Types and what they are.</param>
/// <param name="Outputs">Types and what they are.</param>
/// <param name="Notes">May be empty.</param>
/// <param name="Links">Commands and topics that Get-Help can show; may be empty.</param>
internal sealed record HelpPage(
    string File,
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyList<HelpEntry> Parameters,
    IReadOnlyList<HelpEntry> Inputs,
    IReadOnlyList<HelpEntry> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Links);
