#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Notebook.GetNetworkGradientCommand'
}

Describe 'Get-NetworkGradient' {
    It 'derives w21 as the notebook does' {
        $trace = Trace-Network -Seed 3
        $y = $trace.Output
        $w21 = Get-NetworkGradient -Seed 3 -Target 1 -Name w21

        $w21.Factors.Keys | Should -BeExactly 'dL/dy', 'dy/dz_output', 'dz_output/dw21'
        $w21.Factors.Values | Should -Be ($y - 1), ($y * (1 - $y)), $trace.Layers[0].A[0]
        $w21.Value | Should -Be $trace.Layers[1].Weights[0, 0]
        $w21.Kind | Should -BeExactly 'Weight'
        $w21.Index, $w21.Input, $w21.Unit | Should -Be 1, 0, 0
        $w21.Loss | Should -Be (($y - 1) * ($y - 1) / 2)
    }

    It 'equals central differences under <_>' -ForEach 'MSE', 'BCE' {
        $trace = Trace-Network -Seed 19
        $hidden, $output = $trace.Layers
        $given = @{ InputObject = $trace.Inputs; Target = 1; Loss = $_; Name = 'b_output' }

        foreach ($parameter in Get-NetworkGradient -Seed 19 -Target 1 -Loss $_) {
            $losses = foreach ($step in 1e-6, -1e-6) {
                $weights = @(, $hidden.Weights.Clone()) + , $output.Weights.Clone()
                $biases = @(, $hidden.Biases.Clone()) + , $output.Biases.Clone()
                if ($parameter.Kind -eq 'Weight') {
                    $weights[$parameter.Index][$parameter.Input, $parameter.Unit] += $step
                }
                else {
                    $biases[$parameter.Index][$parameter.Unit] += $step
                }
                (Get-NetworkGradient -Weight $weights -Bias $biases @given).Loss
            }
            [Math]::Abs($parameter.Gradient - ($losses[0] - $losses[1]) / 2e-6) | Should -BeLessThan 1e-6
        }
    }

    It 'is the product of its factors, and says in which direction the loss falls' {
        $parameters = Get-NetworkGradient -Seed 3 -Target 1

        $parameters | Should -HaveCount 26
        foreach ($parameter in $parameters) {
            $product = 1.0
            $parameter.Factors.Values | ForEach-Object { $product *= $_ }
            [Math]::Abs($parameter.Gradient - $product) | Should -BeLessThan 1e-12
            $direction = switch ([Math]::Sign($parameter.Gradient)) { 1 { 'decrease' } -1 { 'increase' } 0 { 'stay' } }
            $parameter.Direction | Should -BeExactly $direction
        }
    }

    It 'takes the short name <Short> for the loss <Long>' -ForEach @(
        @{ Short = 'mse'; Long = 'HalfSquaredError' }
        @{ Short = 'BCE'; Long = 'BinaryCrossEntropy' }
        @{ Short = 'mae'; Long = 'MeanAbsoluteError' }
    ) {
        $common = @{ Seed = 1; Target = 1; Name = 'b_output' }
        $gradient = (Get-NetworkGradient @common -Loss $Short).Gradient

        $gradient | Should -BeOfType ([double])
        $gradient | Should -Be (Get-NetworkGradient @common -Loss $Long).Gradient
    }

    It 'completes losses' {
        $line = 'Get-NetworkGradient -Loss '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Sort-Object |
            Should -BeExactly BCE, BinaryCrossEntropy, CategoricalCrossEntropy, HalfSquaredError, MAE,
                MeanAbsoluteError, MeanSquaredError, MSE
    }

    It 'takes words and models as Trace-Network does' {
        $parameters = Get-NetworkGradient -Model food -Word lemon -Target 1 -Loss BCE

        $parameters | Should -HaveCount 1511
        $parameters.Model | Select-Object -Unique | Should -BeExactly food
    }

    It 'chooses parameters by <Name>' -ForEach @(
        @{ Name = 'w2?'; Count = 5 }
        @{ Name = 'b_*'; Count = 6 }
        @{ Name = 'w1(*'; Count = 15 }
        @{ Name = 'W21', 'b_OUTPUT'; Count = 2 }
        @{ Name = 'nothing*'; Count = 0 }
    ) {
        @(Get-NetworkGradient -Seed 1 -Target 1 -Name $Name) | Should -HaveCount $Count
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'TargetCountMismatch'; Parameters = @{ Seed = 1; Target = 1, 2 } }
        @{ Id = 'LossUnfit'; Parameters = @{ Seed = 1; Target = 1; Loss = 'CategoricalCrossEntropy' } }
        @{ Id = 'TargetCountMismatch'; Parameters = @{ Seed = 1; Target = 1, 0 } }
        @{ Id = 'LossUnfit'; Parameters = @{
                Weight = 1; Bias = 0; Activation = 'Linear'; InputObject = 1; Target = 1; Loss = 'BCE' } }
        @{ Id = 'ParameterNotFound'; Parameters = @{ Seed = 1; Target = 1; Name = 'w77' } }
        @{ Id = 'ParameterNotFound'; Parameters = @{ Seed = 1; Target = 1; Name = 'w[1' } }
        @{ Id = 'ParameterArgumentValidationError'; Parameters = @{ Seed = 1; Target = 1; Loss = 'Huber' } }
    ) {
        (Get-Failure { Get-NetworkGradient @Parameters }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'refuses a comma in -Target without -Culture' {
        $network = @{ Weight = 1; Bias = 0; InputObject = 1; Activation = 'Linear'; Target = '0,5' }
        Test-CommaRefusal { Get-NetworkGradient @network } '0,5'
        (Get-NetworkGradient @network -Culture (Get-CommaCulture)).Gradient | Should -Be 0.5, 0.5
    }
}
