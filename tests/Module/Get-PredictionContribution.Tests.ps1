#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"

    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }

    # The answer follows the size and, less, the colour; the last column is noise.
    $rows = foreach ($i in 0..59) {
        $size = $i % 10
        $colour = ('red', 'green', 'blue')[$i % 3]
        [pscustomobject] @{
            size = $size; colour = $colour; noise = ($i * 7) % 11
            kind = $size + ($colour -eq 'red' ? 2 : 0) -gt 5 ? 'big' : 'small'
        }
    }
    $null = $rows | New-Classifier -LabelProperty kind -Path "$TestDrive/kind.onnx" -WarningAction SilentlyContinue
}

Describe 'Get-PredictionContribution' {
    It 'returns contributions of columns that add up to the difference' {
        $found = $rows[0..9] | Get-PredictionContribution "$TestDrive/kind.onnx" -Label big
        $answers = $rows[0..9] | Invoke-Classifier "$TestDrive/kind.onnx"

        $found | Should -HaveCount 10
        foreach ($i in 0..9) {
            [Math]::Abs($found[$i].Output - $answers[$i].Scores['big']) | Should -BeLessThan 1e-5
            $sum = ($found[$i].Contributions | Measure-Object Contribution -Sum).Sum
            [Math]::Abs($found[$i].Output - $found[$i].Baseline - $sum) | Should -BeLessThan 1e-9
            $found[$i].Contributions.Feature | Sort-Object | Should -BeExactly colour, noise, size
            $found[$i].Name | Should -BeExactly "row $($i + 1)"
        }

        ($found.Baseline | Sort-Object -Unique).Count | Should -Be 1
        $found[9].Contributions[0].Feature | Should -BeExactly size
        $found[9].Contributions[0].Value | Should -BeExactly 9
        $found[9].Contributions[0].Contribution | Should -BeGreaterThan 0
    }

    It 'explains models of numbers alone, whatever their size' {
        $large = $rows | ForEach-Object {
            [pscustomobject] @{ size = 1000 + 50 * $_.size; noise = $_.noise / 1000; kind = $_.kind } }
        $null = $large | New-Classifier -LabelProperty kind -Path "$TestDrive/numbers.onnx"
        $found = $large[0..9] | Get-PredictionContribution "$TestDrive/numbers.onnx" -Label big
        $answers = $large[0..9] | Invoke-Classifier "$TestDrive/numbers.onnx"

        foreach ($i in 0..9) {
            [Math]::Abs($found[$i].Output - $answers[$i].Scores['big']) | Should -BeLessThan 1e-4
            $sum = ($found[$i].Contributions | Measure-Object Contribution -Sum).Sum
            [Math]::Abs($found[$i].Output - $found[$i].Baseline - $sum) | Should -BeLessThan 1e-9
        }

        $found[9].Contributions[0].Feature | Should -BeExactly size
        [Math]::Abs($found[9].Contributions[1].Contribution) | Should -BeLessThan 0.2
    }

    It 'explains numbers of a regressor' {
        $null = $rows | New-Regressor -TargetProperty size -Path "$TestDrive/size.onnx" -WarningAction Ignore
        $found = $rows[9] | Get-PredictionContribution "$TestDrive/size.onnx"
        $answer = $rows[9] | Invoke-Classifier "$TestDrive/size.onnx"

        $found.Label | Should -BeNullOrEmpty
        $found.Of | Should -BeExactly Prediction
        [Math]::Abs($found.Output - $answer.Prediction) | Should -BeLessThan 1e-3
    }

    It 'explains the answer by default, and the other class with the opposite sign' {
        $big = $rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx"
        $small = $rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx" -Label small

        $big.Label | Should -BeExactly big
        [Math]::Abs($big.Output + $small.Output - 1) | Should -BeLessThan 1e-12
        foreach ($i in 0..2) {
            $small.Contributions[$i].Feature | Should -BeExactly $big.Contributions[$i].Feature
            $small.Contributions[$i].Contribution | Should -Be (-$big.Contributions[$i].Contribution)
        }
    }

    It 'explains the logit' {
        $found = $rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx" -Of Logit -Label big
        $probability = $rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx" -Label big

        $found.Of | Should -BeExactly Logit
        [Math]::Abs(1 / (1 + [Math]::Exp(-$found.Output)) - $probability.Output) | Should -BeLessThan 1e-9
        $sum = ($found.Contributions | Measure-Object Contribution -Sum).Sum
        [Math]::Abs($found.Output - $found.Baseline - $sum) | Should -BeLessThan 1e-9
    }

    It 'returns contributions of the words of a term' {
        $found = Get-PredictionContribution food 'green zzxq salad'

        $found.Label | Should -BeExactly food
        $found.Contributions.Feature | Sort-Object | Should -BeExactly green, salad, zzxq
        $unknown = $found.Contributions | Where-Object Feature -EQ zzxq
        $unknown.Value | Should -BeExactly unknown
        $unknown.Contribution | Should -Be 0
        [Math]::Abs($found.Output - (Test-FoodWord 'green zzxq salad').Probability) | Should -BeLessThan 1e-5
        $sum = ($found.Contributions | Measure-Object Contribution -Sum).Sum
        [Math]::Abs($found.Output - $found.Baseline - $sum) | Should -BeLessThan 1e-9
    }

    It 'warns of unknown terms and goes on' {
        $found = 'salad', 'zzxq', '', 'laptop' |
            Get-PredictionContribution food -WarningVariable warnings 3> $null @silent

        $found.Name | Should -BeExactly salad, laptop
        $found[1].Label | Should -BeExactly 'not food'
        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'EmptyWord,*'
        $warnings | Should -BeLikeExactly '1 word is unknown*'
    }

    It 'shows the largest contributions in the table' {
        ($rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx" | Format-Table | Out-String -Width 120) |
            Should -BeLike '*row 1 *big*size +*'
        ($rows[9] | Get-PredictionContribution "$TestDrive/kind.onnx" | ConvertTo-Csv | ConvertFrom-Csv).Contributions |
            Should -BeLike 'size +*; *'
    }

    It 'is LabelNotFound for a class that the model does not have' {
        $failure = Get-Failure { $rows[0] | Get-PredictionContribution "$TestDrive/kind.onnx" -Label huge }
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'LabelNotFound,*'
        $failure.Exception.Message | Should -BeLikeExactly "*'huge'*big, small*"
    }

    It 'is an error for a row without the columns, and for a model of other layers' {
        (Get-Failure { @{ size = 1 } | Get-PredictionContribution "$TestDrive/kind.onnx" }).FullyQualifiedErrorId |
            Should -BeLikeExactly 'ColumnsMissing,*'
        (Get-Failure { 'salad' | Get-PredictionContribution food-words }).FullyQualifiedErrorId |
            Should -BeLikeExactly 'ModelNotDense,*'
    }

    It 'is ModelUnexplained for a model with free text' {
        $text = foreach ($i in 0..39) {
            [pscustomobject] @{
                note = "$(('please send fresh', 'the laptop needs a new')[$i % 2]) item number $i today"
                kind = ('food', 'thing')[$i % 2]
            }
        }
        $null = $text | New-Classifier -LabelProperty kind -Path "$TestDrive/text.onnx" -Vectors wordnet-300d 3> $null
        $failure = Get-Failure { $text[0] | Get-PredictionContribution "$TestDrive/text.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'ModelUnexplained,*'
        $failure.Exception.Message | Should -BeLikeExactly "*'note'*"
    }
}
