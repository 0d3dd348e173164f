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

    It 'says which words of a term are known' {
        $one, $term, $none = 'salad', 'green brocolli salad', 'zzxq qqzx' | Test-Word -Model food 3> $null

        $one.KnownWords | Should -BeExactly salad
        $one.UnknownWords | Should -BeNullOrEmpty
        $one.Coverage | Should -Be 1
        $term.KnownWords | Should -BeExactly green, salad
        $term.UnknownWords | Should -BeExactly brocolli
        [Math]::Round($term.Coverage, 3) | Should -Be 0.667
        $none.UnknownWords | Should -BeExactly zzxq, qqzx
        $none.Coverage | Should -Be 0
        $none.Label | Should -BeExactly unknown
        $term.Suggestions | Should -BeNullOrEmpty
    }

    It 'says the same with a model that has its own vocabulary' {
        $one, $term, $none = 'salad', 'green brocolli salad', 'brocolli' |
            Test-Word -Model food-words -Suggest 3> $null

        $one.Coverage | Should -Be 1
        $term.KnownWords | Should -BeExactly green, salad
        $term.UnknownWords | Should -BeExactly brocolli
        $term.Suggestions[0] | Should -BeExactly broccoli
        $none.Suggestions[0] | Should -BeExactly broccoli
        $none.KnownWords | Should -BeNullOrEmpty
    }

    It 'suggests known words for unknown ones with -Suggest' {
        $answers = 'brocolli', 'salad', 'xq', 'tomatoe soup' | Test-FoodWord -Suggest 3> $null

        $answers[0].Suggestions[0] | Should -BeExactly broccoli
        $answers[0].Label | Should -BeExactly unknown
        $answers[1].Suggestions | Should -BeNullOrEmpty
        $answers[2].Suggestions | Should -BeNullOrEmpty
        $answers[3].Suggestions[0] | Should -BeExactly tomato
        $answers[3].KnownWords | Should -BeExactly soup
        ($answers[0] | Format-Table | Out-String) | Should -BeLike '*brocolli (broccoli?)*'
        ($answers[0] | ConvertTo-Csv | ConvertFrom-Csv).Suggestions | Should -BeLike 'broccoli*'
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

    It 'returns copies of the objects with their answers with -PassThru' {
        $rows = 'Word,Price', 'salad,3', 'laptop,900' | ConvertFrom-Csv
        $answers = $rows | Test-Word -Model food -PassThru

        $answers[0].PSObject.Properties.Name | Should -BeExactly Word, Price, Label, Probability, Scores
        $answers.Price | Should -BeExactly 3, 900
        $answers.Label | Should -BeExactly food, 'not food'
        $answers[0].Probability | Should -Be (Test-Word salad -Model food).Probability
        $answers[1].Scores['food'] | Should -BeLessThan 0.1
        $rows[0].PSObject.Properties.Name | Should -BeExactly Word, Price

        $table = @{ Word = 'salad'; Price = 3 }
        $table | Test-Word -Model food -PassThru | ForEach-Object {
            $_ | Should -BeOfType pscustomobject
            $_.Price, $_.Label | Should -BeExactly 3, food
        }
        $table.Count | Should -Be 2
        ('salad' | Test-Word -Model food -PassThru).PSTypeNames[0] | Should -BeExactly OnnxDeep.ClassifiedWord
    }

    It 'keeps the properties of an object that have the names of the answer, and says so once' {
        $rows = 'Word,label,PredictedLabel,Count,Length', 'salad,a,b,1,2', 'laptop,c,d,3,4' | ConvertFrom-Csv
        $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }
        $answers = $rows | Test-Word -Model food -PassThru @quiet

        $answers.label | Should -BeExactly a, c
        $answers.PredictedLabel | Should -BeExactly b, d
        $answers.PredictedLabel2 | Should -BeExactly food, 'not food'
        ($answers | Select-Object -ExpandProperty Count) | Should -BeExactly 1, 3
        $answers[1].Probability | Should -BeGreaterThan 0.9
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeExactly (
            'The rows have a property label, which is kept; the answers are in PredictedLabel2.')
    }

    It 'returns a copy for each word of a row, and for the object of a script block' {
        $row = [pscustomobject] @{ Id = 7; Word = 'salad', 'laptop' }
        $answers = $row | Test-Word -Model food -PassThru
        $answers.Id | Should -Be 7, 7
        $answers.Label | Should -BeExactly food, 'not food'

        $file = [IO.FileInfo] "$TestDrive/salad.txt"
        $answer = $file | Test-Word -Model food -PassThru -WordProperty { $_.BaseName }
        $answer.Name, $answer.Label | Should -BeExactly 'salad.txt', food
        $file.PSObject.Properties['Label'] | Should -BeNullOrEmpty
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
