#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.TestWordCommand'
}

Describe 'Test-Word' {
    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Produkt,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $script:read = 0
        $counted = { $rows | ForEach-Object { $script:read++; $_ } }
        $failure = Get-Failure { & $counted | Test-Word -Model food }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.TestWordCommand"
        $failure.Exception.Message | Should -BeLikeExactly '*has: Produkt, Price. Use -WordProperty*'
        $script:read | Should -Be 2
        (Get-Failure { $rows | Test-Word -Model food -WordProperty Product }).Exception.Message |
            Should -BeLikeExactly "*no property 'Product'; it has: Produkt, Price. Did you mean 'Produkt'?*"
        (Get-Failure { $rows[0] | Test-Word -Model food }).FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.TestWordCommand"
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,Price', 'salad,3', ',4', '" ",1', 'soup,2' | ConvertFrom-Csv
        $output = $rows + @{ Word = $null } + @{ Word = [DBNull]::Value } |
            Test-Word -Model food -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Word |
            Should -BeExactly salad, soup
        "$output" | Should -BeLikeExactly '*4 empty words were skipped.*'
    }

    It 'returns the probability of the label, and of both classes' {
        $answers = 'salad', 'laptop' | Test-Word -Model food

        $answers.Label | Should -BeExactly food, 'not food'
        $answers.Probability | ForEach-Object { $_ | Should -BeGreaterThan 0.9 }
        $answers | ForEach-Object {
            $_.Probability | Should -Be $_.Scores[$_.Label]
            [Math]::Abs($_.Scores['food'] + $_.Scores['not food'] - 1) | Should -BeLessOrEqual 1e-6
        }
        ($answers | Where-Object Probability -GT 0.9).Word | Should -BeExactly salad, laptop
        $column = ($answers | ConvertTo-Csv | ConvertFrom-Csv).Scores | ConvertFrom-Json
        [float[]] $column.'not food' | Should -Be $answers[0].Scores['not food'], $answers[1].Scores['not food']
    }

    It 'returns the probability of the label whatever the threshold' {
        $strict = Test-Word salad -Model food -Threshold 1

        $strict.Label | Should -BeExactly 'not food'
        $strict.Probability | Should -Be $strict.Scores['not food']
        $strict.Probability | Should -BeLessThan 0.1
    }

    It 'is Test-FoodWord with the food model' {
        $words = 'salad', 'laptop', 'ice cream'
        $food = $words | Test-FoodWord
        $any = $words | Test-Word -Model food

        $any.Label | Should -BeExactly $food.Label
        $any | ForEach-Object { $_.Scores['food'] } | Should -Be $food.Probability
        $any.Provider | Should -BeExactly CPU, CPU, CPU
        $any[0].Scores['food'] | Should -Be $food[0].Probability
        $any[0].Scores.Keys | Should -BeExactly 'not food', 'food'
    }

    It 'takes words from a file, and unknown words stay unknown' {
        Set-Content "$TestDrive/words.txt" 'salad', '', 'qwxzv'
        $silent = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $answers = Test-Word -Path "$TestDrive/words.txt" -Model food @silent

        $answers.Label | Should -BeExactly food, unknown
        $answers[1].Scores | Should -BeNullOrEmpty
        $warnings | Should -Match '^1 word is unknown'
    }

    It 'answers the others when a word is none' {
        ('salad', '', 'laptop' | Test-Word -Model food @silent).Label | Should -BeExactly food, 'not food'
        $problems.FullyQualifiedErrorId | Should -BeExactly "EmptyWord,$by"
    }

    It 'refuses a model that is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Model = 'nosuch' }
        @{ Id = 'ModelInputMismatch'; Model = 'noise' }
    ) {
        { Test-Word salad -Model $Model } | Should -Throw -ErrorId "$Id,$by"
    }
}
