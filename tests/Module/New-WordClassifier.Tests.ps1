#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue' }
    $by = 'OnnxDeep.PowerShell.Classifiers.NewWordClassifierCommand'
    $lists = @{
        Positive = 'apple', 'pear', 'bread', 'cheese', 'soup', 'salad'
        Negative = 'car', 'bus', 'road', 'house', 'desk', 'lamp'
    }
    $animals = @(
        'robin', 'sparrow', 'eagle', 'owl', 'duck', 'goose' |
            ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'bird' } }
        'salmon', 'trout', 'tuna', 'shark', 'cod', 'herring' |
            ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'fish' } }
        'dog', 'cat', 'horse', 'cow', 'pig', 'sheep' |
            ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'mammal' } }
    )
}

Describe 'New-WordClassifier' {
    It 'names a property that no row has, and those that there are, before it trains' {
        $failure = Get-Failure { $animals | New-WordClassifier -LabelProperty kid -Path "$TestDrive/no.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeExactly "PropertyNotFound,$by"
        $failure.Exception.Message |
            Should -BeLikeExactly "*'kid'; it has: Word, kind. Did you mean 'kind'? Use -LabelProperty*"

        $failure = Get-Failure {
            $animals | New-WordClassifier -LabelProperty kind -WordProperty animal -Path "$TestDrive/no.onnx"
        }
        $failure.FullyQualifiedErrorId | Should -BeExactly "PropertyNotFound,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'animal'; it has: Word, kind. Use -WordProperty*"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'skips rows without a word with -SkipEmpty, and lists them otherwise' {
        $rows = @{ Word = ''; kind = 'fish' }, @{ Word = $null; kind = 'bird' } + $animals
        $settings = @{ LabelProperty = 'kind'; Path = "$TestDrive/empty.onnx"; Epochs = 1; WarningAction = 'Ignore' }

        ($rows | New-WordClassifier @settings).Skipped | Should -HaveCount 2
        $output = $rows | New-WordClassifier @settings -SkipEmpty -Verbose 4>&1
        $output[-1].Skipped | Should -HaveCount 0
        "$output" | Should -BeLikeExactly '*2 empty words were skipped.*'
    }

    It 'trains on two lists and writes a model that Test-FoodWord takes' {
        $result = New-WordClassifier @lists -Path "$TestDrive/two.onnx" -Hidden 5

        $result.Model | Should -Be (Get-Item "$TestDrive/two.onnx").FullName
        $result.Network | Should -BeExactly '300-5-1'
        $result.Labels | Should -BeExactly negative, positive
        $result.Report | Should -Match 'weighted avg'
        $result.History.Epochs.Count | Should -BeGreaterThan 1
        $answers = 'pizza', 'tram' | Test-FoodWord -Model "$TestDrive/two.onnx"
        $answers.IsFood | Should -Be $true, $false
        $answers.Label | Should -BeExactly positive, negative
    }

    It 'does not train on vectors whose content is not what their digest says' {
        $bytes = [IO.File]::ReadAllBytes((Get-WordVectorTable wordnet-300d).Path)
        $bytes[-1] = $bytes[-1] -bxor 1
        [IO.File]::WriteAllBytes("$TestDrive/flipped.safetensors", $bytes)

        $failure = Get-Failure {
            New-WordClassifier @lists -Vectors "$TestDrive/flipped.safetensors" -Path "$TestDrive/never.onnx"
        }

        $failure.FullyQualifiedErrorId | Should -BeExactly "DigestMismatch,$by"
        $failure.Exception.Message | Should -BeLike '*flipped.safetensors*SHA-256*'
        "$TestDrive/never.onnx" | Should -Not -Exist
    }

    It 'warns of vectors without a digest' {
        $bytes = [IO.File]::ReadAllBytes((Get-WordVectorTable wordnet-300d).Path)
        $header = [Text.Encoding]::Latin1.GetString($bytes, 0, 8192)
        $bytes[$header.IndexOf('content_sha256')] = 120
        [IO.File]::WriteAllBytes("$TestDrive/none.safetensors", $bytes)

        $null = New-WordClassifier @lists -Vectors "$TestDrive/none.safetensors" -Path "$TestDrive/none.onnx" `
            -WarningVariable warnings -WarningAction SilentlyContinue

        "$($warnings[0])" | Should -BeLike '*none.safetensors*has no digest*'
    }

    It 'takes the word from -WordProperty, <How>' -ForEach @(
        @{ How = 'a name'; Property = 'animal' }
        @{ How = 'a script block'; Property = { $_.animal.Trim() } }
    ) {
        $rows = $animals | Select-Object @{ n = 'Name'; e = { 'x' } }, @{ n = 'animal'; e = { $_.Word } }, kind
        $result = $rows | New-WordClassifier -WordProperty $Property -LabelProperty kind -Path "$TestDrive/p.onnx" `
            -Epochs 1

        $result.TrainRows + $result.TestRows | Should -Be 18
    }

    It 'takes the words of objects in a list, and refuses others' {
        $foods = $lists.Positive | ForEach-Object { @{ Word = $_ } }
        $result = New-WordClassifier -Positive $foods -Negative $lists.Negative -Path "$TestDrive/l.onnx" -Epochs 1

        $result.TrainRows + $result.TestRows | Should -Be 12
        { New-WordClassifier -Positive @{ Product = 'tea' } -Negative car -Path "$TestDrive/l.onnx" } |
            Should -Throw -ErrorId "ParameterArgumentTransformationError,$by"
    }

    It 'keeps the command that trained the model' {
        $result = New-WordClassifier -Positive apple, pear, bread, soup -Negative car, bus, road, lamp -Epochs 1 `
            -Path "$TestDrive/command.onnx"

        $result.Command | Should -BeLikeExactly '*New-WordClassifier -Positive apple*'
    }

    It 'trains the same from the same seed' {
        $weights = foreach ($seed in 1, 1, 7) {
            $null = New-WordClassifier @lists -Epochs 3 -Seed $seed -Path "$TestDrive/seed.onnx"
            (Get-LayerWeights "$TestDrive/seed.onnx" -Flat).Value -join ' '
        }

        $weights[1] | Should -BeExactly $weights[0]
        $weights[2] | Should -Not -BeExactly $weights[0]
    }

    It 'trains on a CSV for as many classes as it has labels' {
        $animals | Export-Csv "$TestDrive/animals.csv"
        $result = Import-Csv "$TestDrive/animals.csv" |
            New-WordClassifier -LabelProperty kind -Path "$TestDrive/animals.onnx" -CrossValidate 3

        $result.Network | Should -BeIn '300-3', '300-64-3'
        $result.Labels | Should -BeExactly bird, fish, mammal
        $result.CrossValidation.Accuracies | Should -HaveCount 3

        $answers = Test-Word crow, haddock, donkey, qwxzv -Model "$TestDrive/animals.onnx" -WarningVariable warnings `
            -WarningAction SilentlyContinue
        $answers.Label | Should -BeExactly bird, fish, mammal, unknown
        $answers[0].PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.ClassifiedWord
        $scores = $answers[0].Scores.Values | Measure-Object -Sum -Maximum
        [Math]::Abs($scores.Sum - 1) | Should -BeLessOrEqual 1e-5
        [Math]::Abs($scores.Maximum - $answers[0].Probability) | Should -BeLessOrEqual 1e-6
        $answers[3].Scores | Should -Be $null
        $warnings | Should -HaveCount 1

        (Get-Failure { Test-FoodWord salad -Model "$TestDrive/animals.onnx" }).FullyQualifiedErrorId |
            Should -BeExactly 'ModelOutputMismatch,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
    }

    It 'trains a model of many classes that can take words itself' {
        $null = $animals | New-WordClassifier -LabelProperty kind -Path "$TestDrive/many.onnx"
        $null = Export-WordModel -Model "$TestDrive/many.onnx" -Path "$TestDrive/many-words.onnx" -Keys 60000
        $byVectors, $byWords = 'many', 'many-words' | ForEach-Object {
            , @('Robin', 'ice cream', 'shark', 'qwxzv' | Test-Word -Model "$TestDrive/$_.onnx" -WarningAction Ignore)
        }

        $byWords.Label | Should -BeExactly $byVectors.Label
        foreach ($i in 0..2) {
            [Math]::Abs($byWords[$i].Probability - $byVectors[$i].Probability) | Should -BeLessOrEqual 1e-5
        }
    }

    It 'tests on the rows of -TestData, and skips those that it trains on: <What>' -ForEach @(
        @{ What = 'rows'; Train = {
                param($more) $animals | New-WordClassifier -LabelProperty kind @more }
            Test = @(
                @{ Word = 'hen'; kind = 'bird' }, @{ Word = 'Robin'; kind = 'bird' }
                @{ Word = 'wolf'; kind = 'mammal' }, @{ Word = 'qqzx'; kind = 'fish' }) }
        @{ What = 'lists'; Train = { param($more) New-WordClassifier @lists @more }
            Test = @(
                @{ Word = 'plum'; Label = 'positive' }, @{ Word = 'BUS'; Label = 'negative' }
                @{ Word = 'qqzx'; Label = 'negative' }, @{ Word = 'street'; Label = 'negative' }) }
    ) {
        $objects = foreach ($row in $Test) { [pscustomobject] $row }
        $result = & $Train @{ TestData = $objects; Path = "$TestDrive/tested.onnx"; WarningAction = 'Ignore' }

        $result.TestRows | Should -Be 2
        $result.TrainRows | Should -BeGreaterOrEqual 12
        ($result.Skipped | Where-Object Example -In 'Robin', 'BUS').Reason | Should -Be Duplicate
        ($result.Skipped | Where-Object Example -EQ 'qqzx').Reason | Should -Be Unknown
    }

    It 'stores the threshold, which Test-Word applies' {
        $result = New-WordClassifier @lists -Path "$TestDrive/threshold.onnx" -Threshold 0.8 -WarningAction Ignore
        $words = $lists.Positive + $lists.Negative + 'plum', 'wheel', 'tea'
        $answers = Test-Word $words -Model $result.Model

        foreach ($answer in $answers) {
            $answer.Label | Should -BeExactly ($answer.Scores.positive -ge [float] 0.8 ? 'positive' : 'negative')
        }

        (Test-Word $words -Model $result.Model -Threshold 0).Label | Should -Not -Contain negative
    }

    It 'goes on from a saved model' {
        $settings = @{ LabelProperty = 'kind'; TestFraction = 0; WarningAction = 'Ignore' }
        $first = $animals | New-WordClassifier @settings -Path "$TestDrive/first.onnx" -Hidden 4
        $same = $animals | New-WordClassifier @settings -Path "$TestDrive/same.onnx" -Continue $first.Model `
            -Epochs 1 -LearningRate 1e-12 -Seed 7
        $more = $animals | New-WordClassifier @settings -Path "$TestDrive/more.onnx" -Continue $first.Model -Epochs 20

        $same.Network, $more.Network | Should -BeExactly $first.Network, $first.Network
        $same.Labels | Should -BeExactly $first.Labels
        $weights = $first, $same, $more | ForEach-Object { (Get-LayerWeights $_.Model -Flat).Value -join ' ' }
        $weights[1] | Should -BeExactly $weights[0]
        $weights[2] | Should -Not -BeExactly $weights[0]
        $more.History.Epochs[-1].Loss | Should -BeLessThan $first.History.Epochs[-1].Loss
    }

    It 'does not go on from a model with other <What>' -ForEach @(
        @{ What = 'layers'; Id = 'ContinueUnfit'; With = @{ Continue = 'food'; Hidden = 8 } }
        @{ What = 'activations'; Id = 'ContinueUnfit'; With = @{ Continue = 'food'; Activation = 'Tanh' } }
        @{ What = 'classes'; Id = 'ContinueUnfit'; With = @{ Continue = 'food' } }
        @{ What = 'tasks'; Id = 'ContinueUnfit'; With = @{ Continue = 'noise' } }
    ) {
        $failure = Get-Failure { New-WordClassifier @lists @With -Path "$TestDrive/no.onnx" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*cannot go on from '*$($With.Continue).onnx'*"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'names a label that a saved model does not have' {
        $failure = Get-Failure {
            $animals | New-WordClassifier -LabelProperty kind -Continue food -Path "$TestDrive/no.onnx"
        }

        $failure.FullyQualifiedErrorId | Should -BeExactly "LabelUnknown,$by"
        $failure.Exception.Message | Should -BeLikeExactly "The example 'robin' has the label 'bird'*not food, food*"
    }

    It 'returns the probability of the label of mistakes, and of each class' {
        $mixed = @{
            Positive = 'apple', 'car', 'bread', 'road', 'soup', 'lamp'
            Negative = 'pear', 'bus', 'cheese', 'house', 'salad', 'desk'
        }
        $result = New-WordClassifier @mixed -Path "$TestDrive/mixed.onnx" -Epochs 5

        $result.Mistakes | Should -Not -BeNullOrEmpty
        foreach ($mistake in $result.Mistakes) {
            $mistake.Probability | Should -BeGreaterOrEqual 0.5
            $mistake.Probability | Should -Be $mistake.Scores[$mistake.Label]
            $mistake.Scores.Keys | Should -BeExactly negative, positive
        }
    }

    It 'gives what plots and reports take' {
        $result = $animals | New-WordClassifier -LabelProperty kind -Path "$TestDrive/a.onnx" -Epochs 3

        ($result | Export-LossPlot "$TestDrive/loss.svg").Length | Should -BeGreaterThan 1000
        ($result | Export-ConfusionPlot "$TestDrive/confusion.svg").Length | Should -BeGreaterThan 1000
        $null = $result | Export-TrainingReport "$TestDrive/report.html"
        Get-Content "$TestDrive/report.html" -Raw | Should -Match 'weighted avg'
    }

    It 'shows the report' {
        $text = New-WordClassifier @lists -Path "$TestDrive/view.onnx" | Out-String -Width 80

        $text | Should -Match 'Network:  300-(64-)?1'
        $text | Should -Match 'macro avg'
        $text -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum |
            Should -BeLessOrEqual 80
    }

    It 'lists the skipped examples' {
        $more = $animals + @{ Word = 'wolf'; kind = 'bird' } + @{ Word = 'wolf'; kind = 'mammal' } +
            @{ Word = 'cow'; kind = 'mammal' } +
            @{ Word = 'qwxzv'; kind = 'fish' } + @{ Other = 1 }
        $result = $more |
            New-WordClassifier -LabelProperty kind -Path "$TestDrive/s.onnx" -Epochs 1 -WarningVariable warnings @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "PropertyMissing,$by"
        $result.Skipped | ForEach-Object { "$($_.Reason) $($_.Word)" } | Sort-Object |
            Should -BeExactly 'Duplicate cow', 'SeveralLabels wolf', 'Unknown qwxzv'
        $warnings | Should -HaveCount 1
        $warnings | Should -MatchExactly '^Skipped 3 of 21 examples'
    }

    It '<Id> ends the command and writes nothing' -ForEach @(
        @{ Id = 'TooFewExamples'; Script = {
                New-WordClassifier -Positive apple -Negative car -Path "$TestDrive/no.onnx" } }
        @{ Id = 'NoKnownWord'; Script = {
                New-WordClassifier -Positive qwxzv -Negative zzqqj -Path "$TestDrive/no.onnx" } }
        @{ Id = 'OneClassOnly'; Script = {
                $animals[0..5] | New-WordClassifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Id = 'FractionOutOfRange'; Script = {
                New-WordClassifier @lists -TestFraction 1 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LearningRateOutOfRange'; Script = {
                New-WordClassifier @lists -LearningRate -1 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LearningRateOutOfRange'; Script = {
                New-WordClassifier @lists -LearningRate 0 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LearningRateOutOfRange'; Script = {
                New-WordClassifier @lists -LearningRate 1e300 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LearningRateOutOfRange'; Script = {
                New-WordClassifier @lists -LearningRate 1e-300 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'VectorsNotFound'; Script = { New-WordClassifier @lists -Vectors nosuch -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LabelUnknown'; Script = {
                $animals | New-WordClassifier -LabelProperty kind -PositiveLabel ant -Path "$TestDrive/no.onnx" } }
    ) {
        (Get-Failure { & $Script 3> $null }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'does nothing with -WhatIf and keeps an existing file with -NoClobber' {
        Set-Content "$TestDrive/mine.onnx" mine
        New-WordClassifier @lists -Path "$TestDrive/mine.onnx" -WhatIf | Should -BeNullOrEmpty
        { New-WordClassifier @lists -Path "$TestDrive/mine.onnx" -NoClobber } | Should -Throw -ErrorId "FileExists,$by"

        Get-Content "$TestDrive/mine.onnx" | Should -BeExactly mine
    }
}
