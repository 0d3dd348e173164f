namespace OnnxDeep.Tests.Cmdlets;

/// <summary>What used to end PowerShell itself, in a PowerShell of its own.</summary>
[Trait("Culture", "Any")]
public sealed class SurvivalTests : IDisposable
{
    // The table has a length of 64 MB and more if a tensor that nobody reads is added; the file has a hole there.
    private const string Script = """
        param($Module, $Table, $Folder)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        function Cut($Path) {
            $stream = [IO.FileStream]::new($Path, 'Open', 'Write', 'ReadWrite, Delete')
            $stream.SetLength(1000)
            $stream.Dispose()
            Start-Sleep -Milliseconds 50
        }

        $expected = Get-WordVector salad, tea | ForEach-Object { "$($_.Vector)" }
        $small = "$Folder/small.safetensors"
        Copy-Item $Table $small
        $given = 'salad', 'tea' | ForEach-Object { if ($_ -eq 'tea') { Cut $small }; $_ } |
            Get-WordVector -Vectors $small | ForEach-Object { "$($_.Vector)" }
        "copied: $("$given" -eq "$expected")"

        $bytes = [IO.File]::ReadAllBytes($Table)
        $length = [BitConverter]::ToInt64($bytes, 0)
        $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json -AsHashtable
        $end = $bytes.Length - 8 - $length
        $header.filling = @{ dtype = 'U8'; shape = , 64MB; data_offsets = $end, ($end + 64MB) }
        $json = $header | ConvertTo-Json -Depth 9 -Compress -EscapeHandling EscapeNonAscii
        $json = $json.PadRight([Math]::Ceiling($json.Length / 64) * 64 + 56)
        $large = "$Folder/large.safetensors"
        $stream = [IO.File]::Create($large)
        $stream.Write([BitConverter]::GetBytes([long] $json.Length))
        $stream.Write([Text.Encoding]::UTF8.GetBytes($json))
        $stream.Write($bytes, 8 + $length, $end)
        $stream.SetLength($stream.Position + 64MB)
        $stream.Dispose()
        $given = @()
        try {
            'salad', 'tea' | ForEach-Object { if ($_ -eq 'tea') { Cut $large }; $_ } |
                Get-WordVector -Vectors $large | ForEach-Object { $given += "$($_.Vector)" }
        }
        catch {
            "mapped: $($given.Count -eq 0 -or $given[0] -eq $expected[0]), $($_.FullyQualifiedErrorId)"
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TableThatIsCutOffWhileAPipelineUsesItGivesRightValuesOrAnError()
    {
        string script = _directory.Write("script.ps1", Script);

        string output = await PowerShellProcess.RunAsync(
            Repository.Root,
            null,
            "-File",
            script,
            "-Module",
            Repository.StagedModule,
            "-Table",
            Repository.DefaultVectors,
            "-Folder",
            _directory.Path);

        Assert.Contains("copied: True", output, StringComparison.Ordinal);
        Assert.Contains("mapped: True, FileChanged,", output, StringComparison.Ordinal);
    }
}
