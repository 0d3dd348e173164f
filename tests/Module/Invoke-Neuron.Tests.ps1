#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Notebook.InvokeNeuronCommand'
}

Describe 'Invoke-Neuron' {
    It 'leaves the light <State> at <Lumens> lumens' -ForEach @(
        @{ Lumens = 100; Z = -50; Output = 0; State = 'off' }
        @{ Lumens = 5; Z = 45; Output = 1; State = 'on' }
    ) {
        $neuron = Invoke-Neuron -InputSignal $Lumens -Weight -1 -Bias 50

        $neuron.InputSignal, $neuron.Weight, $neuron.Bias | Should -Be $Lumens, -1, 50
        $neuron.Z | Should -Be $Z
        $neuron.Activation | Should -BeExactly 'Step'
        $neuron.Output | Should -Be $Output
    }

    It 'takes signals by <How>' -ForEach @(
        @{ How = 'the pipeline'; Script = { 100, 5 | Invoke-Neuron -Weight -1 -Bias 50 } }
        @{ How = 'position'; Script = { Invoke-Neuron (100, 5) -1 50 } }
        @{ How = 'a property'; Script = {
                [pscustomobject] @{ InputSignal = 100 }, [pscustomobject] @{ InputSignal = 5 } |
                    Invoke-Neuron -Weight -1 -Bias 50 } }
        @{ How = 'its own output'; Script = { 100, 5 | Invoke-Neuron -Weight 1 | Invoke-Neuron -Weight -1 -Bias 50 } }
    ) {
        (& $Script).Output | Should -Be 0, 1
    }

    It 'gives <Output> at 0 with <Activation>' -ForEach @(
        @{ Activation = 'Sigmoid'; Output = 0.5 }
        @{ Activation = 'Tanh'; Output = 0 }
        @{ Activation = 'ReLU'; Output = 0 }
        @{ Activation = 'Linear'; Output = 0 }
        @{ Activation = 'Step'; Output = 0 }
    ) {
        (Invoke-Neuron 50 -1 50 -Activation $Activation).Output | Should -Be $Output
    }

    It 'adds up several signals' {
        $neurons = (0, 0), (0, 1), (1, 0), (1, 1) | Invoke-Neuron -Weight 1, 1 -Bias -1.5

        $neurons.Output | Should -Be 0, 0, 0, 1
        $neurons[0].Weight | Should -Be 1, 1
    }

    It 'goes through CSV' {
        $row = Invoke-Neuron 5 -1 50 -Activation Sigmoid | ConvertTo-Csv | ConvertFrom-Csv

        $row.InputSignal, $row.Z | Should -BeExactly '5', '45'
        $row.Activation | Should -BeExactly 'Sigmoid'
    }

    It 'is WeightCountMismatch where signals have no weight each' {
        $neurons = (1, 2, 3), (1, 2) | Invoke-Neuron -Weight 1, 1 @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "WeightCountMismatch,$by"
        $neurons.Z | Should -Be 3
    }

    It 'refuses <Text> as <Id>' -ForEach @(
        @{ Text = '1,5'; Id = 'NumberAmbiguous' }
        @{ Text = '1,500'; Id = 'NumberAmbiguous' }
        @{ Text = '1kb'; Id = 'NotANumber' }
        @{ Text = '0x10'; Id = 'NotANumber' }
        @{ Text = 'NA'; Id = 'NotANumber' }
    ) {
        $by = 'OnnxDeep.PowerShell.Notebook.InvokeNeuronCommand'
        (Get-Failure { Invoke-Neuron $Text 1 }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        (Get-Failure { $Text | Invoke-Neuron -Weight 1 }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        (Get-Failure { [pscustomobject] @{ InputSignal = $Text } | Invoke-Neuron -Weight 1 }).FullyQualifiedErrorId |
            Should -BeExactly "$Id,$by"
        (Get-Failure { Invoke-Neuron 1 $Text }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        (Get-Failure { Invoke-Neuron 1 1 -Bias $Text }).FullyQualifiedErrorId |
            Should -BeExactly "ParameterArgumentTransformationError,$by"
    }

    It 'reads text by -Culture, from the pipeline, rows and lists, and goes on after a bad value' {
        $signals = '1,5', '2.5', [pscustomobject] @{ InputSignal = '1.234,5' }
        $neurons = $signals | Invoke-Neuron -Weight '0,5' -Activation Linear -Culture (Get-CommaCulture) @silent

        $neurons.Output | Should -Be 0.75, 617.25
        $problems.FullyQualifiedErrorId | Should -BeExactly "NumberAmbiguous,$by"
        (Invoke-Neuron '1e1', '-.5' 1, 1 -Activation Linear).Output | Should -Be 9.5
    }

    It 'knows no culture with an invented name' {
        (Get-Failure { Invoke-Neuron 1 1 -Culture german }).FullyQualifiedErrorId |
            Should -BeExactly "ParameterArgumentTransformationError,$by"
    }
}
