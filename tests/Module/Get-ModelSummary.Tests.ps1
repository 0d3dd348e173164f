#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/TinyModel.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Notebook.GetModelSummaryCommand'
}

Describe 'Get-ModelSummary' {
    It 'counts <Parameters> parameters of <Model>' -ForEach @(
        @{ Model = 'noise'; Parameters = 26; Size = 104; Layers = 20, 6 }
        @{ Model = 'food'; Parameters = 1511; Size = 6044; Layers = 1505, 6 }
    ) {
        $summary = $Model | Get-ModelSummary

        $summary.Parameters | Should -Be $Parameters
        $summary.Layers.Parameters | Should -Be $Layers
        $summary.Layers.Type | Should -BeExactly 'Dense', 'Dense'
        $summary.Layers.Layer | Should -BeExactly 'dense', 'dense_1'
        $summary.Layers.OutputShape | Should -BeExactly '(None, 5)', '(None, 1)'
        $summary.Size | Should -Be $Size
    }

    It 'shows Keras''s table' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Get-ModelSummary noise | Out-String -Width 80

        $text.Contains('│ dense (Dense)                   │ (None, 5)              │            20 │') | Should -BeTrue
        $text.Contains(' Total params: 26 (104.00 B)') | Should -BeTrue
        $text = (Get-ModelSummary food).Text
        $text.StartsWith("Model: `"food`"`n┏━", [StringComparison]::Ordinal) | Should -BeTrue
        $text.Contains('Total params: 1,511 (5.90 KB)') | Should -BeTrue
    }

    It 'reads the files of a folder, and goes on after <Id>' -ForEach @(
        @{ Id = 'ModelNotOnnx'; File = 'text.onnx' }
        @{ Id = 'NoDenseLayers'; File = 'sign.onnx' }
        @{ Id = 'ModelNotFound'; File = 'gone.onnx' }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        Write-TinyModel "$TestDrive/sign.onnx" Sign
        $summaries = "$TestDrive/$File", "$models/noise.onnx" | Get-ModelSummary @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $summaries.Model | Should -BeExactly 'noise'
        (Get-Item "$models/noise.onnx" | Get-ModelSummary).Model | Should -BeExactly 'noise'
    }
}
