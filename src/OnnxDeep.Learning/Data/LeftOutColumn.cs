namespace OnnxDeep.Learning.Data;

/// <summary>A column that a training does not use.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">What it has, such as "the same value in all rows".</param>
public sealed record LeftOutColumn(string Name, string Reason)
{
    /// <summary>The column and the reason.</summary>
    public override string ToString() => $"{ShownText.Value(Name)}: {ShownText.Message(Reason)}";
}
