#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.MeasureLossCommand'
}

Describe 'Measure-Loss' {
    It 'measures <How>' -ForEach @(
        @{ How = 'two lists'; Script = { Measure-Loss -Predicted 0.9, 0.2, 0.6 -Actual 1, 0, 1 } }
        @{ How = 'rows of CSV'; Script = { 'Predicted,Actual', '0.9,1', '0.2,0', '0.6,1' | ConvertFrom-Csv | Measure-Loss } }
        @{ How = 'other columns'; Script = { 'guess,answer', '0.9,1', '0.2,0', '0.6,1' | ConvertFrom-Csv | Measure-Loss -PredictedProperty guess -ActualProperty answer } }
    ) {
        $loss = & $Script

        $loss.Count | Should -Be 3
        [Math]::Round($loss.MeanSquaredError, 12) | Should -Be 0.07
        [Math]::Round($loss.RootMeanSquaredError, 12) | Should -Be 0.264575131106
        [Math]::Round($loss.MeanAbsoluteError, 12) | Should -Be 0.233333333333
        [Math]::Round($loss.BinaryCrossEntropy, 12) | Should -Be 0.279776563579
    }

    It 'does not depend on the culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (@{ Predicted = '0.5'; Actual = '1' } | Measure-Loss).MeanSquaredError | Should -Be 0.25
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'leaves bad rows out and counts them' {
        $loss = @{ Predicted = 1; Actual = 1 }, @{ Predicted = ''; Actual = 1 }, @{ Predicted = 'x'; Actual = 1 } | Measure-Loss @silent

        $problems.FullyQualifiedErrorId | Should -Be "RowIncomplete,$by", "NotANumber,$by"
        $warnings.Message | Should -BeLike '2 of 3 rows*'
        $loss.Count | Should -Be 1
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'CountMismatch'; Script = { Measure-Loss -Predicted 1, 2 -Actual 1 -ErrorAction Stop } }
        @{ Id = 'PropertyNotFound'; Script = { @{ a = 1 } | Measure-Loss -ErrorAction Stop } }
        @{ Id = 'NothingToMeasure'; Script = { @() | Measure-Loss -ErrorAction Stop } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,$by"
    }
}
