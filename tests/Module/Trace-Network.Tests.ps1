#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/TinyModel.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.TraceNetworkCommand'
}

Describe 'Trace-Network' {
    It 'is the notebook''s arithmetic, step by step' {
        $trace = Trace-Network -Seed 7
        $hidden, $output = $trace.Layers

        foreach ($unit in 0..4) {
            $z = $hidden.Biases[$unit]
            foreach ($in in 0..2) {
                $hidden.WeightedInputs[$in, $unit] | Should -Be ($trace.Inputs[$in] * $hidden.Weights[$in, $unit])
                $z += $hidden.WeightedInputs[$in, $unit]
            }
            [Math]::Abs($hidden.Z[$unit] - $z) | Should -BeLessThan 1e-12
            [Math]::Abs($hidden.A[$unit] - 1 / (1 + [Math]::Exp(-$z))) | Should -BeLessThan 1e-12
        }
        $trace.Output | Should -Be $output.A[0]
        $trace.Class | Should -Be ([int] ($trace.Output -gt 0.5))
    }

    It 'draws in the notebook''s ranges, and the same from the same seed' {
        foreach ($seed in 1..20) {
            $trace = Trace-Network -Seed $seed
            $trace.Inputs | ForEach-Object { [Math]::Abs($_) | Should -BeLessOrEqual 100 }
            $trace.Layers[0].Biases | ForEach-Object { $_ | Should -BeGreaterOrEqual 0 }
        }
        (Trace-Network -Seed 5).Output | Should -Be (Trace-Network -Seed 5).Output
        (Trace-Network).Seed | Should -Not -Be (Trace-Network).Seed
    }

    It 'reads like the notebook''s printout' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Trace-Network -Seed 42 | Out-String -Width 80

        foreach ($part in 'The inputs are:', ' [-25.09197623  90.14286128  46.39878836]', 'The weights x inputs to the hidden layer are:',
            'Applying the activation function to each z_n gives a_n:', ' [0.64591497]', 'The predicted class is 1') {
            $text.Contains($part) | Should -BeTrue -Because $part
        }
        $text.Split("`n").TrimEnd() | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'agrees with the model on <Word>' -ForEach @{ Word = 'lemon' }, @{ Word = 'ice cream' }, @{ Word = 'laptop' } {
        $trace = Trace-Network -Model food -Word $Word

        [Math]::Abs($trace.Output - (Test-FoodWord $Word).Probability) | Should -BeLessThan 1e-6
        $trace.Label | Should -Be (Test-FoodWord $Word).Label
        $trace.Model, $trace.Word | Should -Be 'food', $Word
    }

    It 'takes a file of the current location' {
        Copy-Item "$((Get-Module OnnxDeep).ModuleBase)/models/noise.onnx" "$TestDrive/mine.onnx"
        Push-Location $TestDrive
        try {
            (Trace-Network -Model ./mine.onnx -InputObject 1, 2, 3).Model | Should -Be 'mine'
        }
        finally {
            Pop-Location
        }
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Parameters = @{ Model = 'nosuch'; InputObject = 1 } }
        @{ Id = 'ModelNotDense'; Parameters = @{ Model = 'TestDrive:\sign.onnx'; InputObject = 1 } }
        @{ Id = 'InputCountMismatch'; Parameters = @{ Model = 'noise'; InputObject = 1, 2 } }
        @{ Id = 'WordUnknown'; Parameters = @{ Model = 'food'; Word = 'qwxzv' } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = 1, 2, 3; Bias = 1, 2; InputObject = 1 } }
        @{ Id = 'VectorsNotFound'; Parameters = @{ Model = 'food'; Word = 'tea'; Vectors = 'nosuch' } }
    ) {
        Write-TinyModel "$TestDrive/sign.onnx" Sign
        try {
            Trace-Network @Parameters @silent | Should -BeNullOrEmpty
        }
        catch {
            $problems = $_
        }

        @($problems)[-1].FullyQualifiedErrorId | Should -Be "$Id,$by"
    }
}
