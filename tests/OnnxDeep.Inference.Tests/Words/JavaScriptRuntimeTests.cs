using System.Diagnostics;
using System.Text.Json;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words;

/// <summary>The same file in ONNX Runtime for Node.js and for browsers, which Node.js can run as well.</summary>
public sealed class JavaScriptRuntimeTests
{
    private const float Tolerance = 1e-6f;
    private const int EveryWord = 7;

    [Theory]
    [InlineData("onnxruntime-node", "tests", "node")]
    [InlineData("onnxruntime-web", "examples", "browser")]
    public async Task AnswersAreThoseOfOnnxRuntimeForDotNet(string runtime, params string[] folder)
    {
        string node = Programs.Node();
        Programs.RequirePackage(runtime, folder);
        string[] words = CreateWords();
        using var session = OnnxSession.Open(Repository.FoodWordsModel);
        using SessionOutputs expected = session.Run("word", words, ["probability", "label", "is_known"]);

        using var home = new TemporaryDirectory();

        using JsonDocument answer = await Run(node, runtime, words, home.Path);

        Assert.Empty(Directory.GetFileSystemEntries(home.Path));
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

    private static async Task<JsonDocument> Run(string node, string runtime, string[] words, string home)
    {
        var start = new ProcessStartInfo(node)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "node", "classify.mjs"));
        start.ArgumentList.Add(runtime);
        start.ArgumentList.Add(Repository.FoodWordsModel);

        // The runtime would leave what it reports in the home folder, except in continuous integration.
        start.Environment["HOME"] = home;
        start.Environment.Remove("CI");
        start.Environment.Remove("GITHUB_ACTIONS");

        // The system may specify a locale that does not exist, and the file must still load.
        start.Environment["LC_ALL"] = "xx_XX.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<JsonDocument> reading = JsonDocument.ParseAsync(
            process.StandardOutput.BaseStream, cancellationToken: TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(words));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return await reading;
    }
}
