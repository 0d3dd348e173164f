#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Notebook.TraceNetworkCommand'
}

Describe 'Trace-Network' {
    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,x', 'lemon,1', ',2', '" ",3' | ConvertFrom-Csv
        $output = $rows | Trace-Network -Model food -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        $output.Word | Should -BeExactly lemon
        "$output" | Should -BeLikeExactly '*2 empty words were skipped.*'
        $traces = $rows | Trace-Network -Model food -ErrorAction SilentlyContinue -ErrorVariable problems
        $traces.Word | Should -BeExactly lemon
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -BeExactly EmptyWord, BlankWord
    }

    It 'takes the features of a model of a table, which an error names' {
        $rows = foreach ($i in 1..40) {
            [pscustomobject]@{ age = $i % 7; colour = ('red', 'blue')[$i % 2]; kind = ('no', 'yes')[$i % 2] }
        }
        $model = "$TestDrive/table.onnx"
        $null = $rows | New-Classifier -LabelProperty kind -Epochs 3 -Path $model -WarningAction SilentlyContinue
        (Trace-Network -Model $model -InputObject 1, 0, 1).Inputs | Should -HaveCount 3

        (Get-Failure { Trace-Network -Model $model -InputObject 1, 2 }).Exception.Message |
            Should -BeLikeExactly '*takes 3, the features of a table (age, colour = blue, colour = red). *'
        (Get-Failure { Trace-Network -Model $model -Word lemon }).FullyQualifiedErrorId |
            Should -BeExactly "ModelTakesColumns,$by"
    }

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
        (Trace-Network -Seed 5).Output | Should -BeExactly (Trace-Network -Seed 5).Output
    }

    It 'draws new numbers without a seed, and returns the seed that reproduces them' {
        $first = Trace-Network
        $second = Trace-Network

        $second.Seed | Should -Not -Be $first.Seed
        $second.Output | Should -Not -Be $first.Output
        (Trace-Network -Seed $first.Seed).Output | Should -Be $first.Output
    }

    It 'draws the numbers that NumPy draws' {
        $trace = Trace-Network -Seed 42

        $trace.Inputs | ForEach-Object { [Math]::Round($_, 8) } | Should -Be -25.09197623, 90.14286128, 46.39878836
        $trace.Seed | Should -Be 42
        [Math]::Abs($trace.Output - 0.64591497) | Should -BeLessOrEqual 1e-8
        $trace.Class | Should -Be 1
        $trace.Text | Should -BeLikeExactly '*gives a_n*'
    }

    It 'takes inputs for the drawn ones, a row of three after the other' {
        $traces = 1, 2, 3, 4, 5, 6 | Trace-Network -Seed 1

        $traces | Should -HaveCount 2
        $traces[0].Inputs | Should -Be 1, 2, 3
        $traces[1].Inputs | Should -Be 4, 5, 6
    }

    It 'reads like the notebook''s printout' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Trace-Network -Seed 42 | Out-String -Width 80

        $parts = @(
            'The inputs are:'
            ' [-25.09197623  90.14286128  46.39878836]'
            'The weights x inputs to the hidden layer are:'
            'Applying the activation function to each z_n gives a_n:'
            ' [0.64591497]'
            'The predicted class is 1'
        )
        foreach ($part in $parts) {
            $text.Contains($part) | Should -BeTrue -Because $part
        }
        $text.Split("`n").TrimEnd() | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'agrees with the model on <Word>' -ForEach @{ Word = 'lemon' }, @{ Word = 'ice cream' }, @{ Word = 'laptop' } {
        $trace = Trace-Network -Model food -Word $Word

        [Math]::Abs($trace.Output - (Test-FoodWord $Word).Probability) | Should -BeLessThan 1e-6
        $trace.Label | Should -BeExactly (Test-FoodWord $Word).Label
        $trace.Model, $trace.Word | Should -BeExactly 'food', $Word
    }

    It 'takes what Test-FoodWord gives' {
        $predictions = Test-FoodWord lemon, laptop
        $traces = $predictions | Trace-Network -Model food

        $traces.Word | Should -BeExactly lemon, laptop
        $traces.Label | Should -BeExactly food, 'not food'
        foreach ($i in 0, 1) {
            [Math]::Abs($traces[$i].Output - $predictions[$i].Probability) | Should -BeLessOrEqual 1e-6
        }
    }

    It 'takes weights for a model, as <How>' -ForEach @(
        @{ How = 'matrices'; Script = {
                Trace-Network -Weight $l[0].Weights, $l[1].Weights -Bias $l[0].Biases, $l[1].Biases `
                    -InputObject 1, 2, 3 } }
        @{ How = 'lists'; Script = {
                $list = @($l[0].Weights | ForEach-Object { $_ })
                Trace-Network -Weights $list, $l[1].Weights -Activation Sigmoid, Sigmoid `
                    -Biases $l[0].Biases, $l[1].Biases[0] -InputObject 1, 2, 3 } }
    ) {
        $l = Get-LayerWeights noise

        (& $Script).Output | Should -BeExactly (Trace-Network -Model noise -InputObject 1, 2, 3).Output
    }

    It 'takes nested lists for inputs by units, and plain numbers for one unit' {
        $nested = Trace-Network -Weight (, ((1, 2), (3, 4))) -Bias (, (10, 20)) -Activation Linear -InputObject 1, 2
        $plain = Trace-Network -Weight -1 -Bias 50 -Activation Linear -InputObject 100

        $nested.Output | Should -Be 17, 30
        $plain.Output | Should -Be -50
    }

    It 'leaves out a row of the wrong length' -ForEach @(
        @{ Script = { (1, 2), (1, 2, 3) | Trace-Network -Model noise @silent } }
        @{ Script = { 1, 2, 3, 4 | Trace-Network -Model noise @silent } }
        @{ Script = { 1, (1, 2, 3) | Trace-Network -Model noise @silent } }
    ) {
        # Dot-sourced, so that its variables remain in this scope.
        $traces = @(. $Script)

        $problems.FullyQualifiedErrorId | Should -BeExactly "InputCountMismatch,$by"
        $traces | Should -HaveCount 1
    }

    It 'leaves out an unknown word and a bad one' {
        $traces = @(Trace-Network -Model food -Word qwxzv, ' ', lemon @silent)

        $problems.FullyQualifiedErrorId | Should -BeExactly "WordUnknown,$by", "BlankWord,$by"
        $traces.Word | Should -BeExactly lemon
    }

    It 'takes a file of the current location' {
        Copy-Item "$((Get-Module OnnxDeep).ModuleBase)/models/noise.onnx" "$TestDrive/mine.onnx"
        Push-Location $TestDrive
        try {
            (Trace-Network -Model ./mine.onnx -InputObject 1, 2, 3).Model | Should -BeExactly 'mine'
        }
        finally {
            Pop-Location
        }
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Parameters = @{ Model = 'nosuch'; InputObject = 1 } }
        @{ Id = 'ModelNotDense'; Parameters = @{ Model = 'TestDrive:\sign.onnx'; InputObject = 1 } }
        @{ Id = 'InputCountMismatch'; Parameters = @{ Model = 'noise'; InputObject = 1, 2 } }
        @{ Id = 'InputCountMismatch'; Parameters = @{ Model = 'noise'; Word = 'lemon' } }
        @{ Id = 'WordUnknown'; Parameters = @{ Model = 'food'; Word = 'qwxzv' } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = 1, 2, 3; Bias = 1, 2; InputObject = 1 } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = (1, 2), (3, 4); Bias = 0; InputObject = 1 } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = (1, 2, 3), (1, 2); Bias = (0, 0), 0; InputObject = 1 } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = (1, 2), (1, 2, 3); Bias = (0, 0), 0; InputObject = 1 } }
        @{ Id = 'WeightsInvalid'; Parameters = @{ Weight = 1, 'x'; Bias = 0; InputObject = 1 } }
        @{ Id = 'WeightsInvalid'; Parameters = @{
                Weight = 1, 2; Bias = 0; Activation = 'Tanh', 'Tanh'; InputObject = 1, 2 } }
        @{ Id = 'VectorsNotFound'; Parameters = @{ Model = 'food'; Word = 'tea'; Vectors = 'nosuch' } }
    ) {
        Write-TinyModel "$TestDrive/sign.onnx" Sign

        $failure = Get-Failure { Trace-Network @Parameters }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $failure.Exception.Message | Should -Not -Match '\(Parameter '
    }

    It 'counts in the singular too' {
        $failure = Get-Failure { Trace-Network -Weight (1, 2), (3, 4) -Bias (0, 0), 0, 0 -InputObject 1 }
        $failure.Exception.Message | Should -BeLikeExactly '-Weight has 2 layers and -Bias has 3. *'

        $failure = Get-Failure { Trace-Network -Weight 1 -Bias (0, 0), 0 -InputObject 1 }
        $failure.Exception.Message | Should -BeLikeExactly '-Weight has 1 layer and -Bias has 2. *'
    }

    It 'refuses a comma in <What> without -Culture' -ForEach @(
        @{ What = 'weights'; Parameters = @{ Weight = '1,5'; Bias = 0; InputObject = 1 }; Text = '1,5' }
        @{ What = 'biases'; Parameters = @{ Weight = 1; Bias = '2,5'; InputObject = 1 }; Text = '2,5' }
        @{ What = 'inputs'; Parameters = @{ Weight = 1; Bias = 0; InputObject = '3,5' }; Text = '3,5' }
    ) {
        Test-CommaRefusal { Trace-Network @Parameters } $Text
        (Trace-Network @Parameters -Activation Linear -Culture (Get-CommaCulture)).Output | Should -BeIn 1.5, 3.5
    }
}
