#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.NewWordClassifierCommand'
    $lists = @{
        Positive = 'apple', 'pear', 'bread', 'cheese', 'soup', 'salad'
        Negative = 'car', 'bus', 'road', 'house', 'desk', 'lamp'
    }
    $animals = @(
        'robin', 'sparrow', 'eagle', 'owl', 'duck', 'goose' | ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'bird' } }
        'salmon', 'trout', 'tuna', 'shark', 'cod', 'herring' | ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'fish' } }
        'dog', 'cat', 'horse', 'cow', 'pig', 'sheep' | ForEach-Object { [pscustomobject]@{ Word = $_; kind = 'mammal' } }
    )
}

Describe 'New-WordClassifier' {
    It 'trains on two lists and writes a model that Test-FoodWord takes' {
        $result = New-WordClassifier @lists -Path "$TestDrive/two.onnx"

        $result.Model | Should -Be (Get-Item "$TestDrive/two.onnx").FullName
        $result.Network | Should -Be '300-5-1'
        $result.Labels | Should -Be negative, positive
        $result.Report | Should -Match 'weighted avg'
        $result.History.Epochs.Count | Should -BeGreaterThan 1
        ('pizza', 'tram' | Test-FoodWord -Model "$TestDrive/two.onnx").IsFood | Should -Be $true, $false
    }

    It 'trains on a CSV for as many classes as it has labels' {
        $animals | Export-Csv "$TestDrive/animals.csv"
        $result = Import-Csv "$TestDrive/animals.csv" |
            New-WordClassifier -LabelProperty kind -Path "$TestDrive/animals.onnx" -CrossValidate 3

        $result.Labels | Should -Be bird, fish, mammal
        $result.CrossValidation.Accuracies | Should -HaveCount 3
        ('crow', 'haddock', 'donkey' | Test-Word -Model "$TestDrive/animals.onnx").Label | Should -Be bird, fish, mammal
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

        $text | Should -Match 'Network:  300-5-1'
        $text | Should -Match 'macro avg'
        $text -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
    }

    It 'names what it left out' {
        $more = $animals + [pscustomobject]@{ Word = 'wolf'; kind = 'bird' } + [pscustomobject]@{ Word = 'wolf'; kind = 'mammal' } +
            [pscustomobject]@{ Word = 'qwxzv'; kind = 'fish' }
        $result = $more | New-WordClassifier -LabelProperty kind -Path "$TestDrive/s.onnx" -Epochs 1 -WarningVariable warnings -WarningAction SilentlyContinue

        $result.Skipped.Word | Should -Be wolf, qwxzv
        [string[]] $result.Skipped.Reason | Should -Be SeveralLabels, Unknown
        $warnings | Should -Match '^2 of 20 examples'
    }

    It '<Id> ends the command and writes nothing' -ForEach @(
        @{ Id = 'TooFewExamples'; Script = { New-WordClassifier -Positive apple -Negative car -Path "$TestDrive/no.onnx" } }
        @{ Id = 'NoKnownWord'; Script = { New-WordClassifier -Positive qwxzv -Negative zzqqj -Path "$TestDrive/no.onnx" } }
        @{ Id = 'OneClassOnly'; Script = { $animals[0..5] | New-WordClassifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Id = 'FractionOutOfRange'; Script = { New-WordClassifier @lists -TestFraction 1 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LearningRateOutOfRange'; Script = { New-WordClassifier @lists -LearningRate -1 -Path "$TestDrive/no.onnx" } }
        @{ Id = 'LabelUnknown'; Script = { $animals | New-WordClassifier -LabelProperty kind -PositiveLabel ant -Path "$TestDrive/no.onnx" } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,$by"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'does nothing with -WhatIf and leaves a file alone with -NoClobber' {
        Set-Content "$TestDrive/mine.onnx" mine
        New-WordClassifier @lists -Path "$TestDrive/mine.onnx" -WhatIf | Should -BeNullOrEmpty
        { New-WordClassifier @lists -Path "$TestDrive/mine.onnx" -NoClobber } | Should -Throw -ErrorId "FileExists,$by"

        Get-Content "$TestDrive/mine.onnx" | Should -Be mine
    }
}
