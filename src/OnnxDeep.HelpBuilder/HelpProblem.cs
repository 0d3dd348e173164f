namespace OnnxDeep.HelpBuilder;

/// <summary>One thing to mend in a page.</summary>
/// <param name="Page">The page's file.</param>
/// <param name="Message">What is missing or too much.</param>
internal sealed record HelpProblem(string Page, string Message);
