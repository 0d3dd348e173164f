#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.FindSimilarWordCommand'
}

Describe 'Find-SimilarWord' {
    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Produkt,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $script:read = 0
        $counted = { $rows | ForEach-Object { $script:read++; $_ } }
        $failure = Get-Failure { & $counted | Find-SimilarWord -Top 1 }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.FindSimilarWordCommand"
        $failure.Exception.Message | Should -BeLikeExactly '*has: Produkt, Price. Use -WordProperty*'
        $script:read | Should -Be 2
        (Get-Failure { $rows | Find-SimilarWord -Top 1 -WordProperty Product }).Exception.Message |
            Should -BeLikeExactly "*no property 'Product'; it has: Produkt, Price. Did you mean 'Produkt'?*"
        (Get-Failure { $rows[0] | Find-SimilarWord -Top 1 }).FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.FindSimilarWordCommand"
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,Price', 'salad,3', ',4', '" ",1', 'soup,2' | ConvertFrom-Csv
        $output = $rows + @{ Word = $null } + @{ Word = [DBNull]::Value } |
            Find-SimilarWord -Top 1 -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).ReferenceWord |
            Should -BeExactly salad, soup
        "$output" | Should -BeLikeExactly '*4 empty words were skipped.*'
    }

    It 'takes the word of an object, by -WordProperty too, and reports what has none' {
        $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
        $answers = @{ Word = 'salad' }, [datetime] 0, 'soup' | Find-SimilarWord -Top 1 @silent
        $answers.ReferenceWord | Should -BeExactly salad, soup
        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'NotAWord,*FindSimilarWordCommand'

        $product = @{ Name = 'x'; Product = 'salad' } | Find-SimilarWord -Top 1 -WordProperty { $_.Product }
        $product.ReferenceWord | Should -BeExactly salad
    }

    It 'finds ten neighbours, the nearest first, and not the word itself' {
        $neighbors = Find-SimilarWord lemon

        $neighbors | ForEach-Object Position | Should -Be (1..10)
        $neighbors.Similarity | Should -Be ($neighbors.Similarity | Sort-Object -Descending)
        $neighbors.Word | Should -Contain 'orange'
        $neighbors.Word | Should -Not -Contain 'lemon'
    }

    It 'gives the similarities that Measure-WordSimilarity measures' {
        $neighbors = Find-SimilarWord lemon -Top 10
        $measured = $neighbors.Word | Measure-WordSimilarity lemon

        foreach ($i in 0..9) {
            [math]::Abs($neighbors[$i].Similarity - $measured[$i].Similarity) | Should -BeLessThan 1e-5
        }
    }

    It 'takes words by <How>' -ForEach @(
        @{ How = 'position'; Script = { Find-SimilarWord lemon, guitar -Top 2 } }
        @{ How = '-Word'; Script = { Find-SimilarWord -Word lemon, guitar -Top 2 } }
        @{ How = '-Term'; Script = { Find-SimilarWord -Term lemon, guitar -Top 2 } }
        @{ How = '-Name'; Script = { Find-SimilarWord -Name lemon, guitar -Top 2 } }
        @{ How = 'the pipeline'; Script = { 'lemon', 'guitar' | Find-SimilarWord -Top 2 } }
        @{ How = 'a property Word'; Script = { 'Word', 'lemon', 'guitar' | ConvertFrom-Csv | Find-SimilarWord -Top 2 } }
        @{ How = 'a property Term'; Script = { 'Term', 'lemon', 'guitar' | ConvertFrom-Csv | Find-SimilarWord -Top 2 } }
        @{ How = 'a property Name'; Script = { 'Name', 'lemon', 'guitar' | ConvertFrom-Csv | Find-SimilarWord -Top 2 } }
    ) {
        $neighbors = & $Script

        $neighbors.ReferenceWord | Should -BeExactly 'lemon', 'lemon', 'guitar', 'guitar'
        $neighbors | ForEach-Object Position | Should -Be 1, 2, 1, 2
    }

    It 'finds neighbours of a term that is not a key, including its words' {
        (Find-SimilarWord 'lemon guitar' -Top 100).Word | Should -Contain 'lemon'
    }

    It 'finds none of an unknown word and warns' {
        $neighbors = 'qwxzv', 'lemon' |
            Find-SimilarWord -Top 1 -WarningVariable warnings -WarningAction SilentlyContinue

        $neighbors.ReferenceWord | Should -BeExactly 'lemon'
        $warnings | Should -HaveCount 1
        $warnings | Should -Match '^1 word is unknown'
    }

    It 'gives words that can be piped on' {
        $words = (Find-SimilarWord lemon -Top 3 | Test-FoodWord).Word

        $words | Should -HaveCount 3
        $words | Should -Not -Contain 'lemon'
    }

    It 'adds and subtracts unit vectors with -Positive and -Negative, and leaves their words out' {
        $found = Find-SimilarWord -Positive king, woman -Negative man -Top 5

        $unit = foreach ($word in 'king', 'woman', 'man', $found[0].Word) {
            $item = Get-WordVector $word
            , ($item.Vector | ForEach-Object { $_ / $item.Norm })
        }
        $dot = $sum = 0.0
        foreach ($i in 0..299) {
            $x = $unit[0][$i] + $unit[1][$i] - $unit[2][$i]
            $dot += $x * $unit[3][$i]
            $sum += $x * $x
        }
        [Math]::Abs($found[0].Similarity - $dot / [Math]::Sqrt($sum)) | Should -BeLessThan 1e-5
        $found.ReferenceWord | Should -BeExactly (, 'king + woman - man' * 5)
        $found.Word | Where-Object { $_ -in 'king', 'woman', 'man' } | Should -BeNullOrEmpty
    }

    It 'takes null for no words to subtract' {
        (Find-SimilarWord -Positive king -Negative $null -Top 1).Word |
            Should -BeExactly (Find-SimilarWord -Positive king -Top 1).Word
    }

    It 'is <Id> where -Positive or -Negative has a word without a vector' -ForEach @(
        @{ Id = 'WordUnknown'; Words = @{ Positive = 'king', 'qwxzv'; WarningAction = 'Ignore' } }
        @{ Id = 'EmptyWord'; Words = @{ Positive = 'king'; Negative = '' } }
    ) {
        (Get-Failure { Find-SimilarWord @Words }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It '<Id> is an error of its own and the others get neighbours' -ForEach @(
        @{ Id = 'EmptyWord'; Word = $null }
        @{ Id = 'EmptyWord'; Word = '' }
        @{ Id = 'BlankWord'; Word = " `t " }
        @{ Id = 'WordTooLong'; Word = 'x' * 1025 }
        @{ Id = 'WordContainsNul'; Word = "lem`0on" }
        @{ Id = 'WordNotUnicode'; Word = [string] [char] 0xD83C }
    ) {
        $neighbors = 'lemon', $Word, 'lime' | Find-SimilarWord -Top 1 @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $neighbors.ReferenceWord | Should -BeExactly 'lemon', 'lime'
    }

    It 'refuses -Top <_>' -ForEach 0, 1001 {
        { Find-SimilarWord lemon -Top $_ } | Should -Throw -ErrorId "ParameterArgumentValidationError,$by"
    }

    It 'refuses vectors that are <Id>' -ForEach @(
        @{ Id = 'VectorsNotFound'; Vectors = 'nosuch' }
        @{ Id = 'VectorsDamaged'; Vectors = 'TestDrive:\text.safetensors' }
    ) {
        Set-Content "$TestDrive/text.safetensors" 'I am no table'
        { Find-SimilarWord lemon -Vectors $Vectors } | Should -Throw -ErrorId "$Id,$by"
    }

    It 'answers before its input ends' {
        (& { while ($true) { 'lemon' } } | Find-SimilarWord | Select-Object -First 1).Position | Should -Be 1
    }
}
