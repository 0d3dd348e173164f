#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Regressors.MeasureRegressionCommand'
}

Describe 'Measure-Regression' {
    # The figures of scikit-learn for these numbers.
    It 'measures <How>' -ForEach @(
        @{ How = 'two lists'; Script = { Measure-Regression -Predicted 2.5, 0, 2, 8 -Actual 3, -0.5, 2, 7 } }
        @{ How = 'rows of CSV'; Script = {
                'Prediction,Actual', '2.5,3', '0,-0.5', '2,2', '8,7' | ConvertFrom-Csv | Measure-Regression } }
        @{ How = 'other columns'; Script = {
                'guess,price', '2.5,3', '0,-0.5', '2,2', '8,7' | ConvertFrom-Csv |
                    Measure-Regression -PredictedProperty guess -ActualProperty price } }
    ) {
        $measure = & $Script

        $measure.Rows | Should -Be 4
        [Math]::Abs($measure.R2 - 0.9486081370449679) | Should -BeLessOrEqual 1e-15
        $measure.MAE | Should -Be 0.5
        $measure.MSE | Should -Be 0.375
        [Math]::Abs($measure.RMSE - 0.6123724356957945) | Should -BeLessOrEqual 1e-15
        $measure.MedianAbsoluteError | Should -Be 0.5
        $measure.MaxError | Should -Be 1
        $measure.Report | Should -BeLikeExactly "R2 * 0.9486`nmean absolute error * 0.5`n*rows * 4"
    }

    It 'has no R2 for one row, and 1 or 0 for a constant' {
        (Measure-Regression -Predicted 1 -Actual 2).R2 | Should -Be $null
        (Measure-Regression -Predicted 2, 2 -Actual 2, 2).R2 | Should -Be 1
        (Measure-Regression -Predicted 2, 3 -Actual 2, 2).R2 | Should -Be 0
    }

    It 'leaves bad rows out, names them and counts them' {
        $rows = @{ Predicted = 2; Actual = 1 }, @{ Predicted = ''; Actual = 1 }, @{ Predicted = 'NaN'; Actual = 1 }
        $silent = @{
            ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'
            WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings'
        }

        ($rows | Measure-Regression @silent).Rows | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -BeExactly "RowIncomplete,$by", "NotANumber,$by"
        $warnings.Message | Should -BeLikeExactly '2 of 3 rows*'
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'CountMismatch'; Script = { Measure-Regression -Predicted 1, 2 -Actual 1 } }
        @{ Id = 'PropertyNotFound'; Script = { @{ a = 1 } | Measure-Regression } }
        @{ Id = 'NothingToMeasure'; Script = { @() | Measure-Regression } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'refuses a comma that may be a decimal comma' {
        Test-CommaRefusal { Measure-Regression -Predicted '0,9', '0,2' -Actual 1, 0 } '0,9'
    }
}
