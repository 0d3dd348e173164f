#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{
        ErrorAction     = 'SilentlyContinue'
        ErrorVariable   = 'problems'
        WarningAction   = 'SilentlyContinue'
        WarningVariable = 'warnings'
    }
    $by = 'OnnxDeep.PowerShell.Notebook.MeasureLossCommand'
}

Describe 'Measure-Loss' {
    It 'is one error if no row has the property, after a null too' {
        $rows = @($null) + @(1..5 | ForEach-Object { [pscustomobject] @{ Predikted = $_; Actual = $_ } })
        $problems = @(try { $rows | Measure-Loss -PredictedProperty Predicted -ErrorAction Continue 2>&1 } catch { $_ })

        $problems | ForEach-Object { $_.FullyQualifiedErrorId -replace ',.*' } |
            Should -BeExactly RowIncomplete, PropertyNotFound
        "$($problems[-1])" | Should -BeLikeExactly "*it has: Predikted, Actual. Did you mean 'Predikted'?*"
    }

    It 'measures <How>' -ForEach @(
        @{ How = 'two lists'; Script = { Measure-Loss -Predicted 0.9, 0.2, 0.6 -Actual 1, 0, 1 } }
        @{ How = 'rows of CSV'; Script = {
                'Predicted,Actual', '0.9,1', '0.2,0', '0.6,1' | ConvertFrom-Csv | Measure-Loss } }
        @{ How = 'other columns'; Script = {
                'guess,answer', '0.9,1', '0.2,0', '0.6,1' | ConvertFrom-Csv |
                    Measure-Loss -PredictedProperty guess -ActualProperty answer } }
        @{ How = 'hashtables'; Script = {
                @{ Predicted = 0.9; Actual = 1 }, @{ Predicted = 0.2; Actual = 0 },
                @{ Predicted = '0.6'; Actual = '1' } |
                    Measure-Loss } }
        @{ How = 'probabilities and truths'; Script = {
                [pscustomobject] @{ Probability = 0.9; Truth = $true },
                [pscustomobject] @{ Probability = 0.2; Truth = $false },
                [pscustomobject] @{ Probability = 0.6; Truth = 1 } | Measure-Loss } }
    ) {
        $loss = & $Script

        $loss.Count | Should -Be 3
        [Math]::Abs($loss.MeanSquaredError - 0.07) | Should -BeLessOrEqual 1e-15
        [Math]::Abs($loss.RootMeanSquaredError - 0.2645751311064591) | Should -BeLessOrEqual 1e-15
        [Math]::Abs($loss.MeanAbsoluteError - 0.23333333333333336) | Should -BeLessOrEqual 1e-15
        [Math]::Abs($loss.BinaryCrossEntropy - 0.2797765635793423) | Should -BeLessOrEqual 1e-14
    }

    It 'does not depend on the culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            # Numbers in the format of de-DE, which need not be installed.
            $culture = [cultureinfo]::InvariantCulture.Clone()
            $culture.NumberFormat.NumberDecimalSeparator = ','
            [cultureinfo]::CurrentCulture = $culture
            (@{ Predicted = '0.5'; Actual = '1' } | Measure-Loss).MeanSquaredError | Should -Be 0.25
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'leaves bad rows out, names them and counts them' {
        $rows = @{ Predicted = 2; Actual = 1 }, $null, @{ Predicted = ''; Actual = 1 },
            @{ Predicted = 'x'; Actual = 1 }, @{ Actual = 1 }
        $loss = $rows | Measure-Loss @silent

        $problems.FullyQualifiedErrorId |
            Should -BeExactly "RowIncomplete,$by", "RowIncomplete,$by", "NotANumber,$by", "RowIncomplete,$by"
        $problems[2].Exception.Message | Should -BeLikeExactly "*Row 4 has 'x' in 'Predicted'*"
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLikeExactly '4 of 5 rows*'
        $loss.Count | Should -Be 1
        $loss.BinaryCrossEntropy | Should -Be $null
    }

    It 'is <Id>' -ForEach @(
        @{ Id = 'CountMismatch'; Script = { Measure-Loss -Predicted 1, 2 -Actual 1 } }
        @{ Id = 'PropertyNotFound'; Script = { @{ a = 1 } | Measure-Loss } }
        @{ Id = 'NothingToMeasure'; Script = { @() | Measure-Loss } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'refuses commas that may be decimal commas in <How>' -ForEach @(
        @{ How = 'lists'; Text = '0,9'; Script = { Measure-Loss -Predicted '0,9', '0,2' -Actual 1, 0 } }
        @{ How = 'rows'; Text = '0,05'; Script = {
                'Predicted,Actual', '1,1', '"0,05",0' | ConvertFrom-Csv | Measure-Loss } }
        @{ How = 'mixed columns'; Text = '1,600'; Script = {
                'Predicted,Actual', '1500,"1,600"', '2500,2500' | ConvertFrom-Csv | Measure-Loss } }
    ) {
        Test-CommaRefusal $Script $Text
    }

    It 'reads commas as thousands marks if the whole column has them, and by -Culture' {
        $rows = 'Predicted,Actual', '"1,500","1,600"', '"2,500","2,500"' | ConvertFrom-Csv
        ($rows | Measure-Loss).MeanAbsoluteError | Should -Be 50
        ($rows | Measure-Loss -Culture (Get-CommaCulture)).MeanAbsoluteError | Should -BeLessThan 0.051
        (Measure-Loss -Predicted '1,500', '2,500' -Actual 1600, 2500).MeanAbsoluteError | Should -Be 50
    }
}
