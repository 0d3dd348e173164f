namespace OnnxDeep.Tests.Cmdlets;

/// <summary>What used to end PowerShell itself, in a PowerShell of its own.</summary>
[Trait("Culture", "Any")]
public sealed class SurvivalTests : IDisposable
{
    private const string Start = """
        param($Module, $Source, $Folder)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        function Cut($Path, $Length = 1000) {
            $stream = [IO.FileStream]::new($Path, 'Open', 'Write', 'ReadWrite, Delete')
            $stream.SetLength($Length)
            $stream.Dispose()
            Start-Sleep -Milliseconds 50
        }


        """;

    // The table has a length of 64 MB and more if a tensor that nobody reads is added; the file has a hole there.
    private const string Tables = Start + """
        $expected = Get-WordVector salad, tea | ForEach-Object { "$($_.Vector)" }
        $small = "$Folder/small.safetensors"
        Copy-Item $Source $small
        $given = 'salad', 'tea' | ForEach-Object { if ($_ -eq 'tea') { Cut $small }; $_ } |
            Get-WordVector -Vectors $small | ForEach-Object { "$($_.Vector)" }
        "copied: $("$given" -eq "$expected")"

        $bytes = [IO.File]::ReadAllBytes($Source)
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

    // The model adds the number in the file, which is mapped if the file is large.
    private const string Models = Start + """
        . $Source
        $data = "$Folder/data.bin"
        foreach ($length in 4, 64MB) {
            [IO.File]::WriteAllBytes($data, [BitConverter]::GetBytes([float] 2))
            Cut $data $length
            $model = "$Folder/$length.onnx"
            Write-ExternalModel $model data.bin
            $given = @()
            try {
                1, 3 | ForEach-Object { if ($_ -eq 3) { Cut $data 0 }; , [float[]] $_ } |
                    Invoke-OnnxModel $model | ForEach-Object { $given += $_.y }
                "copied: $given"
            }
            catch {
                "mapped: $given, $($_.FullyQualifiedErrorId)"
            }
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TableThatIsCutOffWhileAPipelineUsesItGivesRightValuesOrAnError()
    {
        string output = await RunAsync(Tables, Repository.DefaultVectors);

        Assert.Contains("copied: True", output, StringComparison.Ordinal);
        Assert.Contains("mapped: True, FileChanged,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelWhoseDataAreCutOffGivesRightValuesOrAnError()
    {
        string output = await RunAsync(Models, Path.Combine(Repository.Root, "tests", "Module", "TinyModel.ps1"));

        Assert.Contains("copied: 3 5", output, StringComparison.Ordinal);
        Assert.Contains("mapped: 3, FileChanged,", output, StringComparison.Ordinal);
    }

    private Task<string> RunAsync(string script, string given) => PowerShellProcess.RunAsync(
        Repository.Root,
        null,
        "-File",
        _directory.Write("script.ps1", script),
        "-Module",
        Repository.StagedModule,
        "-Source",
        given,
        "-Folder",
        _directory.Path);
}
