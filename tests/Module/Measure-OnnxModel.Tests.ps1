#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $noise = (Get-OnnxModel noise).Path
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.MeasureOnnxModelCommand'
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
            $one.Provider | Should -BeExactly CPU
            $one.PeakMemoryBytes | Should -BeGreaterThan 1MB
        }
    }

    It 'measures every combination on its own, in order' {
        $found = Measure-OnnxModel noise, food -BatchSize 1, 8 -Threads 1, 2 -Duration 0.02

        $found | ForEach-Object { "$($_.Model) $($_.Threads) $($_.BatchSize)" } | Should -BeExactly @(
            'noise 1 1', 'noise 1 8', 'noise 2 1', 'noise 2 8', 'food 1 1', 'food 1 8', 'food 2 1', 'food 2 8')
        $found | Where-Object { -not ($_.Throughput -gt 0) } | Should -BeNullOrEmpty
    }

    It 'measures with the values that it is given' {
        $values = @{ features = (1, 2, 3), (4, 5, 6) }
        $found = @(Get-Item $noise | Measure-OnnxModel -Duration 0 -InputObject $values -WarmUp 1)

        $found.Runs | Should -Be 1
        $found.Inputs | Should -BeExactly 'features [2, 3]'
        $found.BatchSize | Should -Be 2
    }

    It 'takes brackets as they are with -LiteralPath and from the pipeline' {
        Copy-Item $noise "$TestDrive/b1.onnx"
        [IO.File]::Copy($noise, "$TestDrive/b[1].onnx")
        $path = "$TestDrive/b[1].onnx"

        (Measure-OnnxModel -LiteralPath $path -Duration 0).Model | Should -BeExactly 'b[1]'
        ([pscustomobject] @{ PSPath = $path } | Measure-OnnxModel -Duration 0).Model | Should -BeExactly 'b[1]'
        (Measure-OnnxModel $path -Duration 0).Model | Should -BeExactly 'b1'
    }

    It 'goes on after a combination that fails' {
        (Get-Failure { Measure-OnnxModel noise -BatchSize 2 -Dimension @{ N = 3 } }).FullyQualifiedErrorId |
            Should -BeExactly "DimensionInvalid,$by"

        Measure-OnnxModel nosuch, noise -Duration 0 @silent | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -BeExactly "ModelNotFound,$by"
    }

    It 'takes files from the pipeline and leaves the bad ones out' {
        $folder = New-Item "$TestDrive/files" -ItemType Directory
        Set-Content "$folder/bad.onnx" 'this is no model'
        Copy-Item $noise "$folder/good.onnx"

        $found = Get-ChildItem $folder -Filter *.onnx | Measure-OnnxModel -Duration 0 @silent

        $found.Model | Should -BeExactly good
        @($problems)[-1].FullyQualifiedErrorId | Should -BeExactly "ModelNotOnnx,$by"
    }

    It 'draws a picture and nothing else, <_>' -ForEach 'a.png', 'a.svg' {
        $folder = New-Item "$TestDrive/draws $_" -ItemType Directory
        Measure-OnnxModel noise -BatchSize 1, 4, 16 -Duration 0.02 -PlotPath "$folder/$_" | Out-Null

        (Get-ChildItem $folder).Name | Should -BeExactly $_
        (Get-Item "$folder/$_").Length | Should -BeGreaterThan 1000
        if ($_ -eq 'a.svg') {
            ([xml] (Get-Content "$folder/$_" -Raw)).svg.title | Should -BeExactly 'Latency and throughput'
        }
    }

    It 'draws nothing with -WhatIf' {
        Measure-OnnxModel noise -Duration 0 -PlotPath "$TestDrive/whatif/a.png" -WhatIf | Should -HaveCount 1

        "$TestDrive/whatif" | Should -Not -Exist
    }

    It 'says that a picture cannot be written before it measures for hours' {
        Set-Content "$TestDrive/file" 'in the way'
        $failure = Get-Failure { Measure-OnnxModel noise -Duration 36000 -PlotPath "$TestDrive/file/a.png" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "OutputNotWritable,$by"
    }

    It 'fits eighty columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Measure-OnnxModel food-words -BatchSize 4096 -Threads 2 -Duration 0 | Out-String -Width 80
        $text.Split("`n").TrimEnd() | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'is <Id> for <Script>' -ForEach @(
        @{ Id = 'ProviderNotFound'; Script = { Measure-OnnxModel noise -Duration 0 -Provider CPU, Nosuch } }
        @{ Id = 'ProviderNotFound'; Script = { Measure-OnnxModel noise -Duration 0 -Provider Nosuch } }
        @{ Id = 'PlotFormatUnknown'; Script = { Measure-OnnxModel noise -Duration 0 -PlotPath "$TestDrive/a.bmp" } }
        @{ Id = 'DimensionInvalid'; Script = { Measure-OnnxModel noise -Duration 0 -Dimension @{ M = 3 } } }
        @{ Id = 'DimensionInvalid'; Script = { Measure-OnnxModel noise -Duration 0 -Dimension @{ N = 'x' } } }
        @{ Id = 'InputTooLarge'; Script = { Measure-OnnxModel noise -Duration 0 -Dimension @{ N = 9999999999 } } }
        @{ Id = 'InputNameUnknown'; Script = { Measure-OnnxModel noise -Duration 0 -InputObject @{ x = 1 } } }
        @{ Id = 'InputShapeMismatch'; Script = {
                Measure-OnnxModel noise -Duration 0 -InputObject @{ features = 1, 2 } } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'is BatchSizeFixed where the model takes one size only' {
        Write-TinyModel $TestDrive/fixed.onnx Relu -Shape 78, 300
        (Measure-OnnxModel $TestDrive/fixed.onnx -Duration 0).BatchSize | Should -Be 78
        Measure-OnnxModel $TestDrive/fixed.onnx -BatchSize 2 -Duration 0 @silent | Should -BeNullOrEmpty
        @($problems)[-1].FullyQualifiedErrorId | Should -BeExactly "BatchSizeFixed,$by"
        "$(@($problems)[-1])" | Should -BeLike '*Convert-OnnxModel -DynamicBatch*'
    }

    It 'does not drop the comma of a dimension' {
        $failure = Get-Failure { Measure-OnnxModel food-words -Dimension @{ N = '1,5' } }
        $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly 'DimensionInvalid'
    }
}
