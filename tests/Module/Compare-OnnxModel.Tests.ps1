#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.CompareOnnxModelCommand'

    # A copy of the noise network whose second layer has one weight of another sign.
    $reference = (Get-OnnxModel noise).Path
    $changed = Join-Path $TestDrive changed.onnx
    $bytes = [IO.File]::ReadAllBytes($reference)
    $weight = [BitConverter]::GetBytes([float]@((Get-LayerWeights noise dense_1).Weights)[0])
    $place = 0..($bytes.Length - 4) |
        Where-Object { [BitConverter]::ToInt32($bytes, $_) -eq [BitConverter]::ToInt32($weight, 0) } |
        Select-Object -First 1
    $bytes[$place + 3] = $bytes[$place + 3] -bxor 0x80
    [IO.File]::WriteAllBytes($changed, $bytes)
}

Describe 'Compare-OnnxModel' {
    It 'agrees with itself at all levels of optimisation' {
        foreach ($level in 'None', 'Basic', 'Extended', 'All') {
            (Compare-OnnxModel food -GraphOptimization None, $level -BatchSize 8 -Count 3).Passed | Should -BeTrue
        }
    }

    It 'takes files from the pipeline' {
        $results = Get-ChildItem (Split-Path $reference) -Filter *.onnx | Compare-OnnxModel

        @($results.Reference | Sort-Object) | Should -Be 'food', 'food-words', 'noise'
        $results.Passed | Should -Not -Contain $false
    }

    It 'finds the layer that was changed' {
        $comparison = Compare-OnnxModel $reference $changed -Intermediate

        $comparison.Passed | Should -BeFalse
        $comparison.FirstDifferingTensor.Name | Should -Be 'dense_1/z'
        $comparison.FirstDifferingTensor.Node | Should -Be 'dense_1'
        $comparison.FirstDifferingTensor.FirstDifference | Should -BeLike '*expected*got*'
        $comparison.Structure.Name | Should -Be 'dense_1/kernel'
        $comparison.Note | Should -BeNullOrEmpty
    }

    It 'takes paths of the current location' {
        Push-Location $TestDrive
        try {
            (Compare-OnnxModel ./changed.onnx changed.onnx).Passed | Should -BeTrue
        }
        finally {
            Pop-Location
        }
    }

    It 'fits eighty columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $comparison = Compare-OnnxModel $reference $changed -Intermediate -Count 2

        foreach ($item in $comparison, $comparison.Outputs, $comparison.Structure, $comparison.FirstDifferingTensor) {
            ($item | Out-String -Width 80).Split("`n").TrimEnd() | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        }
    }

    It 'shows what differs' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Compare-OnnxModel $reference $changed -Intermediate | Out-String -Width 80

        $text | Should -Match 'Outputs +: probability: float \[16, 1\] differs, max\. error'
        $text | Should -Match "FirstTensor +: dense_1/z, of the Gemm node 'dense_1'"
        $text | Should -Match 'Structure +: Initializer dense_1/kernel'
    }

    It 'is ModelNotFound where there is no model' {
        Compare-OnnxModel nosuch @silent | Should -BeNullOrEmpty

        @($problems)[-1].FullyQualifiedErrorId | Should -Be "ModelNotFound,$by"
    }
}
