using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxDeep.Inference.Words;

/// <summary>
/// The probability of each class by name, in the model's order. Its text is JSON, which a column of a CSV file can hold
/// and which is read again without loss.
/// </summary>
internal sealed class ClassScores : OrderedDictionary<string, float>
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Creates the scores.</summary>
    /// <param name="labels">The names of the classes.</param>
    /// <param name="outputs">One probability, that of the second of two classes, or one for each class.</param>
    public ClassScores(IReadOnlyList<string> labels, ReadOnlySpan<float> outputs)
        : base(labels.Count)
    {
        for (int label = 0; label < labels.Count; label++)
        {
            this[labels[label]] = Of(label, outputs);
        }
    }

    /// <summary>The probability of one class.</summary>
    /// <param name="label">The number of the class.</param>
    /// <param name="outputs">One probability, that of the second of two classes, or one for each class.</param>
    public static float Of(int label, ReadOnlySpan<float> outputs) =>
        outputs.Length > 1 ? outputs[label] : label == 1 ? outputs[0] : 1 - outputs[0];

    /// <summary>Returns the scores as JSON.</summary>
    public override string ToString() => JsonSerializer.Serialize<IDictionary<string, float>>(this, s_options);
}
