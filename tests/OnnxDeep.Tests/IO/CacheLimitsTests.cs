using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class CacheLimitsTests : IDisposable
{
    private static readonly string[] s_variables = [CacheLimits.FilesVariable, CacheLimits.MegabytesVariable];

    private readonly string?[] _before = Array.ConvertAll(s_variables, Environment.GetEnvironmentVariable);

    public void Dispose()
    {
        for (int i = 0; i < s_variables.Length; i++)
        {
            Environment.SetEnvironmentVariable(s_variables[i], _before[i]);
        }
    }

    [Fact]
    public void VariablesSetTheLimits()
    {
        Environment.SetEnvironmentVariable(CacheLimits.FilesVariable, null);
        Environment.SetEnvironmentVariable(CacheLimits.MegabytesVariable, string.Empty);
        Assert.Equal(new CacheLimits(32, 1L << 30), CacheLimits.Read());

        Environment.SetEnvironmentVariable(CacheLimits.FilesVariable, "0");
        Environment.SetEnvironmentVariable(CacheLimits.MegabytesVariable, "100000");
        Assert.Equal(new CacheLimits(0, 100_000L << 20), CacheLimits.Read());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("1,024")]
    [InlineData("99999999999")]
    public void OtherTextIsAnErrorThatNamesTheVariable(string text)
    {
        Environment.SetEnvironmentVariable(CacheLimits.FilesVariable, text);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => CacheLimits.Read());

        Assert.Equal(ErrorIds.EnvironmentInvalid, error.ErrorId);
        Assert.Contains($"ONNXDEEP_CACHE_FILES is '{text}'", error.Message, StringComparison.Ordinal);
    }
}
