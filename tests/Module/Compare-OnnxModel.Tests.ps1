#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.CompareOnnxModelCommand'

    # A copy of the noise network with the sign of one weight of the second layer changed.
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
    It 'agrees with itself by <How>' -ForEach @(
        @{ How = 'one name'; Script = { Compare-OnnxModel noise } }
        @{ How = 'two names'; Script = { Compare-OnnxModel noise noise -Provider CPU, CPU } }
        @{ How = 'parameters'; Script = {
                Compare-OnnxModel -Reference noise -Difference noise -InputObject @{ features = (1, 2, 3) } } }
        @{ How = 'the pipeline'; Script = { 'noise' | Compare-OnnxModel -GraphOptimization None, All -Threads 1, 2 } }
        @{ How = 'Get-OnnxModel'; Script = { Get-OnnxModel noise | Compare-OnnxModel -Count 3 -BatchSize 4 -Seed 7 } }
        @{ How = 'FullName'; Script = {
                [pscustomobject] @{ FullName = $reference } | Compare-OnnxModel -Intermediate } }
        @{ How = '-Dimension'; Script = { Compare-OnnxModel noise -Dimension @{ N = 5 } } }
    ) {
        $WarningPreference = 'SilentlyContinue'
        $comparison = @(& $Script | Where-Object DifferenceProvider -EQ CPU)

        $comparison | Should -HaveCount 1
        $comparison[0].PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.ModelComparison
        $comparison.Passed | Should -BeTrue
        $comparison.Reference, $comparison.Difference | Should -BeExactly noise, noise
        $comparison.DifferenceProvider | Should -BeExactly CPU
    }

    It 'agrees with itself at all levels of optimisation' {
        foreach ($level in 'None', 'Basic', 'Extended', 'All') {
            $settings = @{ GraphOptimization = 'None', $level; BatchSize = 8; Count = 3; WarningAction = 'Ignore' }
            (Compare-OnnxModel food @settings).Passed | Should -BeTrue
        }
    }

    It 'compares a model alone in two ways, not with itself' {
        $results = @(Compare-OnnxModel noise -WarningVariable warnings)

        $warnings | Should -BeNullOrEmpty
        [string[]] ($results[0].ReferenceOptimization, $results[0].DifferenceOptimization) | Should -BeExactly None, All
        $others = @(Get-OnnxExecutionProvider | Where-Object { $_.IsAvailable -and $_.Name -ne 'CPU' })
        if ($others) {
            $results | Should -HaveCount 2
            $results[1].ReferenceProvider, $results[1].DifferenceProvider | Should -Be 'CPU', $others[0].Name
        }
        else {
            $results | Should -HaveCount 1
            $results[0].Note | Should -BeLikeExactly 'Only the CPU can run models on this machine*'
        }
    }

    It 'says which dimensions it took for a model that does not run with 1' {
        # x [N, L] is reshaped to [1, 64].
        $shape = (0x08, 2, 0x10, 7) + (Get-TextField 8 's') +
            (Get-Field 9 ([BitConverter]::GetBytes(1L) + [BitConverter]::GetBytes(64L)))
        $node = (Get-TextField 1 'x') + (Get-TextField 1 's') + (Get-TextField 2 'y') + (Get-TextField 4 'Reshape')
        Write-Graph "$TestDrive/fixed.onnx" (
            (Get-Field 1 $node) + (Get-Field 5 $shape) +
            (Get-ValueField 11 'x' 'N', 'L') + (Get-ValueField 12 'y' 1, 64))

        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'Ignore' }
        $result = Compare-OnnxModel "$TestDrive/fixed.onnx" -Provider CPU @quiet

        $result.Passed | Should -BeTrue
        $result.ChosenInputs | Should -BeExactly 'x [1, 64]'
        "$warnings" | Should -BeLikeExactly 'fixed: the model does not run with dynamic dimensions of 1*x `[1, 64`]*'
    }

    It 'warns that a file that runs twice in one way cannot differ, by <How>' -ForEach @(
        @{ How = 'one name'; Script = { Compare-OnnxModel noise -GraphOptimization Basic -Provider CPU } }
        @{ How = 'two names'; Script = { Compare-OnnxModel noise noise -Provider CPU, Auto -GraphOptimization All } }
        @{ How = '-StructureOnly'; Script = { Compare-OnnxModel noise -StructureOnly } }
        @{ How = 'a copy'; Script = {
                Copy-Item $reference "$TestDrive/copy.onnx"
                Compare-OnnxModel noise "$TestDrive/copy.onnx" } }
    ) {
        $output = @(& $Script 3>&1)

        $output | Should -HaveCount 2
        "$($output[0])" | Should -BeLikeExactly 'noise:*so they could not differ.'
        $output[1].Remarks | Should -HaveCount 1
    }

    It 'compares only the files with -StructureOnly, whatever inputs the models have' {
        $other = Compare-OnnxModel food noise -StructureOnly
        $same = Compare-OnnxModel food food -StructureOnly -WarningAction Ignore

        $other.Passed, $same.Passed | Should -Be $false, $true
        $other.Count, $same.Count | Should -Be 0, 0
        $other.Structure.Count | Should -BeGreaterThan 0
        $other.Outputs.Count | Should -Be 0
    }

    It 'takes settings for both sides or for one each' {
        $both = Compare-OnnxModel noise $changed -GraphOptimization Basic
        $each = Compare-OnnxModel noise -GraphOptimization None, Extended

        [string[]] ($both.ReferenceOptimization, $both.DifferenceOptimization) | Should -BeExactly Basic, Basic
        [string[]] ($each.ReferenceOptimization, $each.DifferenceOptimization) | Should -BeExactly None, Extended
    }

    It 'takes files from the pipeline' {
        $results = Get-ChildItem (Split-Path $reference) -Filter *.onnx | Compare-OnnxModel

        @($results.Reference | Sort-Object -Unique) | Should -BeExactly 'food', 'food-words', 'noise'
        $results.Passed | Should -Not -Contain $false
    }

    It 'finds the layer that was changed' {
        $comparison = Compare-OnnxModel $reference $changed -Intermediate

        $comparison.Passed | Should -BeFalse
        $comparison.FirstDifferingTensor.Name | Should -BeExactly 'dense_1/z'
        $comparison.FirstDifferingTensor.Node | Should -BeExactly 'dense_1'
        $comparison.FirstDifferingTensor.Operator | Should -BeExactly 'Gemm'
        $comparison.FirstDifferingTensor.FirstDifference | Should -BeLike '*expected*got*'
        $comparison.Structure | Should -HaveCount 1
        $comparison.Structure.Name | Should -BeExactly 'dense_1/kernel'
        $comparison.Outputs[0].Name | Should -BeExactly 'probability'
        $comparison.Note | Should -BeNullOrEmpty
    }

    It 'passes within -<_> 10' -ForEach 'RelativeTolerance', 'AbsoluteTolerance' {
        $tolerance = @{ $_ = 10 }

        $result = Compare-OnnxModel $reference $changed @tolerance -WarningVariable warnings -WarningAction Ignore

        $result.Passed | Should -BeTrue
        "$warnings" | Should -BeLikeExactly '*The tolerances exceed the numbers*'
    }

    It 'refuses -<Name> <Value>' -ForEach @(
        @{ Name = 'AbsoluteTolerance'; Value = [double]::NaN }
        @{ Name = 'RelativeTolerance'; Value = [double]::PositiveInfinity }
        @{ Name = 'AbsoluteTolerance'; Value = -1 }
    ) {
        $tolerance = @{ $Name = $Value }

        { Compare-OnnxModel $reference $changed @tolerance } |
            Should -Throw -ErrorId "ParameterArgumentValidationError,$by"
    }

    It 'shows the provider of each side with -Verbose' {
        $lines = Compare-OnnxModel noise -Provider Auto, CPU -Verbose 4>&1 |
            Where-Object { $_ -is [Management.Automation.VerboseRecord] }

        @($lines.Message -clike 'Provider *') | Should -HaveCount 2
    }

    It 'takes paths of the current location' {
        Push-Location $TestDrive
        try {
            (Compare-OnnxModel ./changed.onnx changed.onnx).Passed | Select-Object -First 1 | Should -BeTrue
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

    It 'is <Id> for <Script>' -ForEach @(
        @{ Id = 'ModelNotFound'; Script = { Compare-OnnxModel nosuch } }
        @{ Id = 'ModelNotFound'; Script = { Compare-OnnxModel noise nosuch } }
        @{ Id = 'ModelNotOnnx'; Script = { Compare-OnnxModel "$TestDrive/text.onnx" } }
        @{ Id = 'ModelOutputMismatch'; Script = { Compare-OnnxModel "$TestDrive/two.onnx" "$TestDrive/three.onnx" } }
        @{ Id = 'ModelInputMismatch'; Script = { Compare-OnnxModel "$TestDrive/constant.onnx" noise } }
        @{ Id = 'InputShapeMismatch'; Script = { Compare-OnnxModel noise food } }
        @{ Id = 'InputTypeMismatch'; Script = { Compare-OnnxModel noise food-words } }
        @{ Id = 'InputNameUnknown'; Script = { Compare-OnnxModel noise -InputObject @{ feature = 1, 2, 3 } } }
        @{ Id = 'InputShapeMismatch'; Script = { Compare-OnnxModel noise -InputObject @{ features = 1, 2 } } }
        @{ Id = 'DimensionInvalid'; Script = { Compare-OnnxModel noise -Dimension @{ M = 1 } } }
        @{ Id = 'DimensionInvalid'; Script = { Compare-OnnxModel noise -Dimension @{ N = 'x' } } }
        @{ Id = 'ProviderNotFound'; Script = { Compare-OnnxModel noise -Provider CPU, Nosuch } }
        @{ Id = 'ParameterArgumentValidationError'; Script = { Compare-OnnxModel noise -Provider CPU, CPU, CPU } }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        Write-TinyModel "$TestDrive/two.onnx" Relu -Output a, b
        Write-TinyModel "$TestDrive/three.onnx" Relu -Output c, d, e

        # A model without inputs: the attribute value_float is 1, of type FLOAT.
        $attribute = (Get-TextField 1 'value_float') + (0x15, 0, 0, 0x80, 0x3F, 0xA0, 0x01, 0x01)
        $node = (Get-TextField 2 'probability') + (Get-TextField 4 'Constant') + (Get-Field 5 $attribute)
        Write-Graph "$TestDrive/constant.onnx" ((Get-Field 1 $node) + (Get-ValueField 12 'probability' 1))

        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'goes on after a model that is not there' {
        $comparisons = 'noise', 'nosuch', 'food' | Compare-OnnxModel @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "ModelNotFound,$by"
        $comparisons.Reference | Select-Object -Unique | Should -BeExactly noise, food
    }
}
