#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.MeasureClassificationCommand'
    $oracle = Get-Content "$PSScriptRoot/../OnnxDeep.Tests/Oracles/scikit-learn.jsonl" | ConvertFrom-Json
}

Describe 'Measure-Classification' {
    It 'shows scikit-learn''s report, character for character' {
        $PSStyle.OutputRendering = 'PlainText'
        foreach ($case in $oracle) {
            $parameters = $case.labels ? @{ Label = $case.labels } : @{}
            $rows = foreach ($i in 0..($case.truth.Count - 1)) {
                @{ Truth = $case.truth[$i]; Label = $case.predicted[$i] }
            }
            $text = $rows | Measure-Classification @parameters 3> $null | Out-String -Width 120

            $text.ReplaceLineEndings("`n").Trim("`n") | Should -BeExactly $case.report.Trim("`n")
        }
    }

    It 'measures the food model' {
        $foods = 'salad', 'pizza', 'soup'
        $measure = 'salad', 'pizza', 'soup', 'laptop', 'river' | Test-FoodWord |
            Select-Object *, @{ n = 'Truth'; e = { $_.Word -in $foods ? 'food' : 'not food' } } | Measure-Classification

        $measure.Accuracy, $measure.RocAuc, $measure.BestF1 | Should -Be 1, 1, 1
        $measure.PositiveLabel | Should -Be 'food'
        $measure.Labels | Should -Be 'food', 'not food'
        $measure.Classes.Support | Should -Be 3, 2
        $measure.ConfusionTable[0].food, $measure.ConfusionMatrix[0, 0] | Should -Be 3, 3
    }

    It 'reads the columns of a CSV file' {
        Set-Content "$TestDrive/test.csv" 'guess,answer,p', '1,1,0.8', '0,0,0.3', '1,0,0.6'
        $measure = Import-Csv "$TestDrive/test.csv" | Measure-Classification guess answer -Probability p

        $measure.Accuracy | Should -Be (2 / 3)
        $measure.RocAuc | Should -Be 1
        $measure.BestThreshold | Should -Be 0.8
    }

    It 'says what is undefined' {
        $null = @{ Truth = 'a'; Label = 'b' } | Measure-Classification @silent

        $warnings.Message | Should -BeLike '*undefined*' -Because 'nothing was taken for a, and nothing is b'
        $warnings | Should -HaveCount 2
    }

    It 'leaves bad rows out and counts them' {
        $measure = @{ Truth = 'a'; Label = 'a' }, @{ Truth = ''; Label = 'a' }, @{ Truth = 'z'; Label = 'a' } |
            Measure-Classification -Label a, b @silent

        $problems.FullyQualifiedErrorId | Should -Be "RowIncomplete,$by", "LabelNotListed,$by"
        $measure.Rows, $measure.LeftOut | Should -Be 1, 2
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'NothingToMeasure'; Script = { @() | Measure-Classification -ErrorAction Stop } }
        @{ Id = 'PropertyNotFound'; Script = { @{ a = 1 } | Measure-Classification -ErrorAction Stop } }
        @{ Id = 'ThresholdOutOfRange'; Script = { @{ Truth = 1; Probability = 1 } | Measure-Classification -Threshold 7 } }
        @{ Id = 'ThresholdUnfit'; Script = { @{ Truth = 1; Probability = 1 } | Measure-Classification -Threshold 0.5 } }
        @{ Id = 'PositiveLabelNotFound'; Script = { @{ Truth = 1; Label = 1 } | Measure-Classification -PositiveLabel 5 } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,$by"
    }
}
