#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Classifiers.NewClassifierCommand'
    $rows = foreach ($i in 1..90) {
        [pscustomobject]@{ a = 1000 + $i % 3 * 10 + $i * 7 % 5; b = $i % 2 / 1000; note = 'text'; kind = "k$($i % 3)" }
    }
}

Describe 'New-Classifier' {
    It 'learns from the columns of numbers of a CSV' {
        $rows | Export-Csv "$TestDrive/rows.csv"
        $result = Import-Csv "$TestDrive/rows.csv" | New-Classifier -LabelProperty kind -Path "$TestDrive/rows.onnx"

        $result.Features | Should -BeExactly a, b
        $result.Network | Should -BeExactly '2-5-3'
        $result.Accuracy | Should -BeGreaterThan 0.9
        $summary = Get-ModelSummary "$TestDrive/rows.onnx"
        $summary.Parameters, $summary.OtherParameters | Should -Be 37, 4 -Because 'mean and scale are stored too'
        $summary.Text | Should -BeLikeExactly '*Total params: 37 (148.00 B)*Params outside of dense layers: 4 of 37*'
        (Get-OnnxModel "$TestDrive/rows.onnx").Parameters | Should -Be 37
        (Trace-Network -Model "$TestDrive/rows.onnx" -InputObject 1021, 0).Label | Should -BeExactly k2
    }

    It 'sorts labels that are numbers by value' {
        $numbers = foreach ($i in 1..24) { [pscustomobject]@{ a = $i; kind = $i -le 12 ? 10 : 9 } }
        $result = $numbers | New-Classifier -LabelProperty kind -Path "$TestDrive/numbers.onnx" -Epochs 1

        $result.Labels | Should -BeExactly 9, 10
        (Get-OnnxModel "$TestDrive/numbers.onnx").Metadata['labels'] | Should -Match '9.*10'
    }

    It 'trains the notebook''s noise network in one call' {
        $noise = foreach ($i in 1..100) {
            [pscustomobject]@{
                a = Get-Random -Maximum 1.0
                b = Get-Random -Maximum 1.0
                c = Get-Random -Maximum 1.0
                y = Get-Random -Maximum 2
            }
        }
        $path = "$TestDrive/n.onnx"
        $result = $noise |
            New-Classifier -LabelProperty y -Activation Sigmoid -Recipe Notebook -BatchSize 10 -NoStandardize `
                -Path $path

        $result.Network | Should -BeExactly '3-5-1'
        $result.History.Epochs | Should -HaveCount 10
        $result.TrainRows, $result.TestRows | Should -Be 70, 30
        $result.Summary | Should -BeLikeExactly '*Total params: 26*'
    }

    It 'takes numbers that are text, whatever their size, and makes several layers' {
        $texts = foreach ($i in 1..60) {
            [pscustomobject]@{ a = "$(1000 + $i % 3 * 10 + ($i * 7) % 5)"; b = $i % 2; c = 'text'; kind = "k$($i % 3)" }
        }
        $result = $texts | New-Classifier -LabelProperty kind -Path "$TestDrive/texts.onnx" -Hidden 8, 4 -Epochs 60

        $result.Network | Should -BeExactly '2-8-4-3'
        $result.Features | Should -BeExactly a, b
        $result.Accuracy | Should -BeGreaterThan 0.9
        (Get-ModelSummary "$TestDrive/texts.onnx").Parameters | Should -Be (24 + 36 + 15 + 4)
    }

    It 'takes the columns and the layers that it is told' {
        $settings = @{ Property = 'a'; Hidden = 16, 8; Activation = 'Tanh'; Epochs = 5 }
        $result = $rows | New-Classifier -LabelProperty kind @settings -Path "$TestDrive/d.onnx"

        $result.Network | Should -BeExactly '1-16-8-3'
        $result.History.Epochs | Should -HaveCount 5
    }

    It 'lists the skipped rows' {
        $bad = [pscustomobject]@{ a = ''; b = 1; kind = 'k1' }, [pscustomobject]@{ a = 1; b = 1; kind = '' }
        $result = $rows + $bad |
            New-Classifier -LabelProperty kind -Epochs 1 -Path "$TestDrive/s.onnx" -WarningAction SilentlyContinue

        $result.Skipped.Example | Should -BeExactly 'row 91', 'row 92'
        [string[]] $result.Skipped.Reason | Should -BeExactly Invalid, NoLabel
    }

    It 'is NoFeatures for <Script>, and writes nothing' -ForEach @(
        @{ Script = {
                [pscustomobject]@{ kind = 'x'; text = 'y' } |
                    New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Script = { @{ kind = 'x'; a = 'b' } | New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Script = { @{ a = 1 } | New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "NoFeatures,$by"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }
}
