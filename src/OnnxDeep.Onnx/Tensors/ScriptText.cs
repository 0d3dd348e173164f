using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Writes collections in one line of JSON, for tables and text files.</summary>
internal static class ScriptText
{
    // Letters of all languages are written as they are, and infinities and NaN as texts.
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // A script may put a dictionary into itself.
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    /// <summary>The text of a dictionary or list.</summary>
    public static string Write(object value) => JsonSerializer.Serialize(value, s_options);
}
