using System.Security.Cryptography;
using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

/// <summary>The requests that Save-WordVector sends to a server.</summary>
public sealed class SaveWordVectorTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private static readonly byte[] s_file = Encoding.UTF8.GetBytes("3 2\nsalad 1 2\nlaptop 3 4\nriver 5 6\n");

    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void LineThatBreaksIsTakenUpAgain()
    {
        using var server = new LoopbackServer((request, number) =>
            LoopbackReply.File(request, s_file) with { CutAfter = number == 0 ? 20 : int.MaxValue });

        Assert.Equal([3], Save(server, "resumed").ThrowOnError().Values("Keys"));
        Assert.Equal("bytes=20-", server.Requests[1].Range);
        Assert.Equal(s_file.Length, server.BodyBytes);
    }

    [Fact]
    public void DownloadThatCannotBeImportedStaysForAnotherTry()
    {
        byte[] zip = [(byte)'P', (byte)'K', 3, 4, 0, 0];
        string digest = Convert.ToHexString(SHA256.HashData(zip));
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, zip));

        Assert.Equal(["VectorsDamaged"], Save(server, "again", digest).ErrorIds);
        int requests = server.Requests.Length;
        Assert.Equal(["VectorsDamaged"], Save(server, "again", digest).ErrorIds);

        Assert.Equal(requests, server.Requests.Length);
        Array.ForEach(Directory.GetFiles(Path.Combine(UserHome.Path, "downloads")), File.Delete);
    }

    [Fact]
    public void TakenNameIsRefusedBeforeAnythingIsSent()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, s_file));
        Outcome outcome = Save(server, "wordnet-300d");

        Assert.Equal(["VectorsShipped"], outcome.ErrorIds);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void WhatIfSendsNothing()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, s_file));
        _module.Invoke("Save-WordVector -Uri $args[0] -Name whatif -WhatIf", server.File).ThrowOnError();
        _module.Invoke("Save-WordVector glove.6B.300d -WhatIf").ThrowOnError();

        Assert.Empty(server.Requests);
    }

    private Outcome Save(LoopbackServer server, string name, string? sha256 = null) => sha256 is null
        ? _module.Invoke("Save-WordVector -Uri $args[0] -Name $args[1]", server.File, name)
        : _module.Invoke("Save-WordVector -Uri $args[0] -Name $args[1] -Sha256 $args[2]", server.File, name, sha256);
}
