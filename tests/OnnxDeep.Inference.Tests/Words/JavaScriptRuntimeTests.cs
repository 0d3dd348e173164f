using System.Text.Json;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words;

/// <summary>The same file in ONNX Runtime for Node.js and for browsers, which Node.js can run as well.</summary>
[Trait("Culture", "Any")]
public sealed class JavaScriptRuntimeTests
{
    private const float Tolerance = 1e-6f;
    private const int EveryWord = 7;

    [Theory]
    [InlineData("onnxruntime-node", "tests", "node")]
    [InlineData("onnxruntime-web", "examples", "browser")]
    public async Task AnswersAreThoseOfOnnxRuntimeForDotNet(string runtime, params string[] folder)
    {
        Programs.RequirePackage(runtime, folder);
        string[] words = CreateWords();
        using var session = OnnxSession.Open(Repository.FoodWordsModel);
        using SessionOutputs expected = session.Run("word", words, ["probability", "label", "is_known"]);

        using JsonDocument answer = await NodeScript.Run("classify.mjs", words, runtime, Repository.FoodWordsModel);

        JsonElement actual = answer.RootElement;
        Assert.Equal(
            expected.GetStrings("label"),
            actual.GetProperty("label").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(
            expected.GetBooleans("is_known").ToArray(),
            actual.GetProperty("isKnown").EnumerateArray().Select(item => item.GetBoolean()));
        foreach ((float probability, JsonElement other) in
            expected.GetFloats("probability").ToArray().Zip(actual.GetProperty("probability").EnumerateArray()))
        {
            // JSON represents NaN as null.
            Assert.Equal(float.IsNaN(probability), other.ValueKind == JsonValueKind.Null);
            Assert.True(float.IsNaN(probability) || Math.Abs(probability - other.GetSingle()) <= Tolerance);
        }
    }

    private static string[] CreateWords()
    {
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        string[] keys =
        [
            .. Enumerable.Range(0, table.KeyCount / EveryWord).Select(number => table.GetKey(number * EveryWord)),
        ];
        return
        [
            .. keys, .. keys.Select(key => key.ToUpperInvariant()), .. keys.Select(key => key.Replace(' ', '-')),
            "qwxzv", string.Empty, " salad", "Ünknown", "😀",
        ];
    }
}
