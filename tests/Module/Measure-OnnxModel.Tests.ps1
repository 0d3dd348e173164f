#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.MeasureOnnxModelCommand'
}

Describe 'Measure-OnnxModel' {
    It 'measures each batch size and number of threads' {
        $found = Measure-OnnxModel food -BatchSize 1, 64 -Threads 1, 2 -Duration 0.05

        $found.Count | Should -Be 4
        $found.BatchSize | Should -Be 1, 64, 1, 64
        foreach ($one in $found) {
            $one.P50Milliseconds | Should -BeGreaterThan 0
            $one.P99Milliseconds | Should -Not -BeLessThan $one.P50Milliseconds
            $one.MaxMilliseconds | Should -Not -BeLessThan $one.P99Milliseconds
            $one.Provider | Should -Be CPU
            $one.PeakMemoryBytes | Should -BeGreaterThan 1MB
        }
    }

    It 'takes files from the pipeline and leaves the bad ones out' {
        Set-Content $TestDrive/bad.onnx 'this is no model'
        Copy-Item "$PSScriptRoot/../../models/noise.onnx" $TestDrive/good.onnx

        $found = Get-ChildItem $TestDrive -Filter *.onnx | Measure-OnnxModel -Duration 0 @silent

        $found.Model | Should -Be good
        @($problems)[-1].FullyQualifiedErrorId | Should -Be "ModelNotOnnx,$by"
    }

    It 'draws a picture' {
        Measure-OnnxModel noise -BatchSize 1, 8 -Duration 0.02 -PlotPath $TestDrive/a.svg | Out-Null

        ([xml](Get-Content $TestDrive/a.svg -Raw)).svg.title | Should -Be 'Latency and throughput'
    }

    It 'fits eighty columns' {
        $PSStyle.OutputRendering = 'PlainText'
        (Measure-OnnxModel food-words -BatchSize 4096 -Threads 2 -Duration 0 | Out-String -Width 80).Split("`n").TrimEnd() |
            Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'stops on a provider that is not there' {
        { Measure-OnnxModel noise -Provider CPU, Nosuch } | Should -Throw -ErrorId "ProviderNotFound,$by"
    }

    It 'is BatchSizeFixed where the model takes one size only' {
        . "$PSScriptRoot/TinyModel.ps1"
        Write-TinyModel $TestDrive/fixed.onnx Relu
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/fixed.onnx")

        # dim_param 'N' becomes dim_value 78: the same number of bytes, tag 0x12 0x01 'N' to 0x08 0xCE 0x00.
        for ($i = 0; $i -lt $bytes.Length - 2; $i++) {
            if ($bytes[$i] -eq 0x12 -and $bytes[$i + 1] -eq 1 -and $bytes[$i + 2] -eq 0x4E) {
                $bytes[$i] = 0x08; $bytes[$i + 1] = 0xCE; $bytes[$i + 2] = 0
            }
        }

        [IO.File]::WriteAllBytes("$TestDrive/fixed.onnx", $bytes)
        (Measure-OnnxModel $TestDrive/fixed.onnx -Duration 0).BatchSize | Should -Be 78
        Measure-OnnxModel $TestDrive/fixed.onnx -BatchSize 2 -Duration 0 @silent | Should -BeNullOrEmpty
        @($problems)[-1].FullyQualifiedErrorId | Should -Be "BatchSizeFixed,$by"
        "$(@($problems)[-1])" | Should -BeLike '*Convert-OnnxModel -DynamicBatch*'
    }
}
