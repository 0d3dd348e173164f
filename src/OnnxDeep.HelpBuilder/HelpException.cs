namespace OnnxDeep.HelpBuilder;

/// <summary>Pages that cannot become help, with all that is to mend.</summary>
internal sealed class HelpException : Exception
{
    /// <summary>Makes the error of several pages.</summary>
    public HelpException(IReadOnlyList<HelpProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Page}: {problem.Message}"))) =>
        Problems = problems;

    /// <summary>Makes the error of one page.</summary>
    public HelpException(string page, string message)
        : this([new HelpProblem(page, message)])
    {
    }

    /// <summary>One or more.</summary>
    public IReadOnlyList<HelpProblem> Problems { get; }
}
