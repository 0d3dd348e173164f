#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.GetWordVectorCommand'
}

Describe 'Get-WordVector' {
    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Produkt,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $script:read = 0
        $counted = { $rows | ForEach-Object { $script:read++; $_ } }
        $failure = Get-Failure { & $counted | Get-WordVector }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.GetWordVectorCommand"
        $failure.Exception.Message | Should -BeLikeExactly '*has: Produkt, Price. Use -WordProperty*'
        $script:read | Should -Be 2
        (Get-Failure { $rows | Get-WordVector -WordProperty Product }).Exception.Message |
            Should -BeLikeExactly "*no property 'Product'; it has: Produkt, Price. Did you mean 'Produkt'?*"
        (Get-Failure { $rows[0] | Get-WordVector }).FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.GetWordVectorCommand"
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,Price', 'salad,3', ',4', '" ",1', 'soup,2' | ConvertFrom-Csv
        $output = $rows + @{ Word = $null } + @{ Word = [DBNull]::Value } |
            Get-WordVector -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Word |
            Should -BeExactly salad, soup
        "$output" | Should -BeLikeExactly '*4 empty words were skipped.*'
    }

    It 'takes the word of an object, by -WordProperty too, and reports what has none' {
        $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
        $answers = @{ Word = 'salad' }, [datetime] 0, 'soup' | Get-WordVector @silent
        $answers.Word | Should -BeExactly salad, soup
        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'NotAWord,*GetWordVectorCommand'

        $product = @{ Name = 'x'; Product = 'salad' } | Get-WordVector -WordProperty { $_.Product }
        $product.Word | Should -BeExactly salad
    }

    It 'gets the 300 numbers of a word, their length and the name of their table' {
        $vector = Get-WordVector lemon

        $vector.Word | Should -BeExactly 'lemon'
        $vector.IsKnown | Should -BeTrue
        $vector.Dimensions | Should -Be 300
        , $vector.Vector | Should -BeOfType [float[]]
        $vector.Source | Should -BeExactly 'wordnet-300d'
        $vector.PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.WordVector
        $vector.Norm | Should -BeGreaterThan 6.9
        $vector.Norm | Should -BeLessThan 7.1
        $squares = $vector.Vector | ForEach-Object { $_ * $_ } | Measure-Object -Sum
        [math]::Abs([math]::Sqrt($squares.Sum) - $vector.Norm) | Should -BeLessThan 1e-4
    }

    It 'reads a word in capitals or quotation marks as the word' {
        $vectors = 'lemon', 'Lemon', '«lemon»,' | Get-WordVector

        $vectors[1].Vector | Should -Be $vectors[0].Vector
        $vectors[2].Vector | Should -Be $vectors[0].Vector
    }

    It 'converts a property that is not text to text' {
        ([pscustomobject] @{ Word = 5 } | Get-WordVector -WarningAction Ignore).Word | Should -BeExactly '5'
    }

    It 'takes words by <How>' -ForEach @(
        @{ How = 'position'; Script = { Get-WordVector lemon, lime } }
        @{ How = '-Word'; Script = { Get-WordVector -Word lemon, lime } }
        @{ How = '-Term'; Script = { Get-WordVector -Term lemon, lime } }
        @{ How = '-Name'; Script = { Get-WordVector -Name lemon, lime } }
        @{ How = 'the pipeline'; Script = { 'lemon', 'lime' | Get-WordVector } }
        @{ How = 'a property Word'; Script = { 'Word', 'lemon', 'lime' | ConvertFrom-Csv | Get-WordVector } }
        @{ How = 'a property Term'; Script = { 'Term', 'lemon', 'lime' | ConvertFrom-Csv | Get-WordVector } }
        @{ How = 'a property Name'; Script = { 'Name', 'lemon', 'lime' | ConvertFrom-Csv | Get-WordVector } }
    ) {
        (& $Script).Word | Should -BeExactly 'lemon', 'lime'
    }

    It 'takes a term of several words as one where the table has it, else as their mean' {
        $terms = 'ice cream', 'icecream', 'lemon guitar', 'lemon', 'guitar'
        $term, $closed, $both, $lemon, $guitar = (Get-WordVector $terms).Vector |
            ForEach-Object -Begin { $numbers = [Collections.Generic.List[float]]::new() } -Process {
                $numbers.Add($_)
            } -End {
                0..4 | ForEach-Object { , $numbers.GetRange(300 * $_, 300).ToArray() }
            }

        $closed | Should -Be $term
        $both | Should -Be (0..299 | ForEach-Object { [float] (($lemon[$_] + $guitar[$_]) / 2) })
    }

    It 'finds a word without its accents last, and says so' {
        $folded = Get-WordVector jalapeño -Verbose 4>&1

        $folded[0].Message | Should -BeExactly "The vector of 'jalapeño' is that of 'jalapeno'."
        $folded[1].FoldedWord, $folded[1].IsKnown | Should -Be 'jalapeno', $true
        $folded[1].Vector | Should -Be (Get-WordVector jalapeno).Vector
        (Get-WordVector jalapeno).FoldedWord | Should -BeNullOrEmpty
    }

    It 'has no vector for an unknown word and warns once' {
        $vectors = 'qwxzv', 'lemon', 'zzqqj' | Get-WordVector -WarningVariable warnings -WarningAction SilentlyContinue

        $vectors.IsKnown | Should -Be $false, $true, $false
        $vectors[0].Vector | Should -Be $null
        $vectors[0].Norm | Should -Be $null
        $vectors[0].Dimensions | Should -Be $null
        $warnings | Should -HaveCount 1
        $warnings | Should -Match '^2 words are unknown'
    }

    It '<Id> is an error of its own and the others get vectors' -ForEach @(
        @{ Id = 'EmptyWord'; Word = $null }
        @{ Id = 'EmptyWord'; Word = '' }
        @{ Id = 'BlankWord'; Word = " `t " }
        @{ Id = 'WordTooLong'; Word = 'x' * 1025 }
        @{ Id = 'WordContainsNul'; Word = "lem`0on" }
        @{ Id = 'WordNotUnicode'; Word = [string] [char] 0xD83C }
    ) {
        $vectors = 'lemon', $Word, 'lime' | Get-WordVector @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $vectors.Word | Should -BeExactly 'lemon', 'lime'
    }

    It 'takes a table by its name or path' {
        (Get-WordVector lemon -Vectors "$models/wordnet-300d.safetensors").Vector |
            Should -Be (Get-WordVector lemon -Vectors wordnet-300d).Vector
    }

    It 'refuses vectors that are <Id>' -ForEach @(
        @{ Id = 'VectorsNotFound'; Vectors = 'nosuch' }
        @{ Id = 'VectorsNotFound'; Vectors = 'nosuchdrive:\my.safetensors' }
        @{ Id = 'VectorsDamaged'; Vectors = 'TestDrive:\text.safetensors' }
    ) {
        Set-Content "$TestDrive/text.safetensors" 'I am no table'
        $message = "*$Vectors*".Replace('TestDrive:\', '')
        { Get-WordVector lemon -Vectors $Vectors } | Should -Throw -ErrorId "$Id,$by" -ExpectedMessage $message
    }

    It 'answers before its input ends' {
        $first = & { while ($true) { 'lemon' } } | Get-WordVector | Select-Object -First 1

        $first.IsKnown | Should -BeTrue
    }
}
