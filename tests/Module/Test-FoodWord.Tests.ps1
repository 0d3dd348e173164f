#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $food = "$((Get-Module OnnxDeep).ModuleBase)/models/food.onnx"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'; WarningAction = 'SilentlyContinue' }
    $by = 'OnnxDeep.PowerShell.Words.TestFoodWordCommand'
}

Describe 'Test-FoodWord' {
    It 'adds Label, Probability and IsFood to copies of the objects with -PassThru' {
        $rows = 'Word,Price', 'salad,3', 'qwxzv,1' | ConvertFrom-Csv
        $answers = $rows | Test-FoodWord -PassThru -WarningAction SilentlyContinue

        $answers[0].PSObject.Properties.Name | Should -BeExactly Word, Price, Label, Probability, IsFood
        $answers[0].IsFood | Should -BeTrue
        $answers[1].Label | Should -BeExactly unknown
        $answers[1].IsFood | Should -BeNullOrEmpty
        (Get-Failure { $rows | Test-FoodWord -PassThru -Quiet }).FullyQualifiedErrorId |
            Should -BeExactly 'ViewsConflict,OnnxDeep.PowerShell.Words.TestFoodWordCommand'
    }

    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Produkt,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $script:read = 0
        $counted = { $rows | ForEach-Object { $script:read++; $_ } }
        $failure = Get-Failure { & $counted | Test-FoodWord }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.TestFoodWordCommand"
        $failure.Exception.Message | Should -BeLikeExactly '*has: Produkt, Price. Use -WordProperty*'
        $script:read | Should -Be 2
        (Get-Failure { $rows | Test-FoodWord -WordProperty Product }).Exception.Message |
            Should -BeLikeExactly "*no property 'Product'; it has: Produkt, Price. Did you mean 'Produkt'?*"
        (Get-Failure { $rows[0] | Test-FoodWord }).FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.TestFoodWordCommand"
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,Price', 'salad,3', ',4', '" ",1', 'soup,2' | ConvertFrom-Csv
        $output = $rows + @{ Word = $null } + @{ Word = [DBNull]::Value } |
            Test-FoodWord -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Word |
            Should -BeExactly salad, soup
        "$output" | Should -BeLikeExactly '*4 empty words were skipped.*'
    }

    Context 'words' {
        It 'classifies words as food or not food, in the order of the input' {
            $predictions = 'salad', 'laptop', 'lemon', 'river' | Test-FoodWord

            $predictions.Word | Should -BeExactly 'salad', 'laptop', 'lemon', 'river'
            $predictions.Label | Should -BeExactly 'food', 'not food', 'food', 'not food'
            $predictions.IsFood | Should -Be $true, $false, $true, $false
            $predictions.Model | Should -BeExactly (, 'food' * 4)
            $predictions | ForEach-Object { $_.PSObject.TypeNames[0] } |
                Should -BeExactly (, 'OnnxDeep.WordPrediction' * 4)
            $predictions.Probability | Where-Object { $_ -lt 0 -or $_ -gt 1 } | Should -BeNullOrEmpty
            $predictions[0].Probability | Should -BeGreaterThan 0.9
            $predictions[1].Probability | Should -BeLessThan 0.1
        }

        It 'shows the probability of food as such' {
            $lines = Test-FoodWord laptop | Out-String -Stream | Where-Object { $_ }

            $lines[0] | Should -MatchExactly '^Word +Label +P\(food\) Model$'
            $lines[-1] | Should -MatchExactly '^laptop +not food +0[.,]0\d+ food$'
        }

        It 'takes words by <How>' -ForEach @(
            @{ How = 'position'; Script = { Test-FoodWord salad, laptop } }
            @{ How = '-Word'; Script = { Test-FoodWord -Word salad, laptop } }
            @{ How = '-Term'; Script = { Test-FoodWord -Term salad, laptop } }
            @{ How = '-Name'; Script = { Test-FoodWord -Name salad, laptop } }
            @{ How = 'a property Word'; Script = { 'Word', 'salad', 'laptop' | ConvertFrom-Csv | Test-FoodWord } }
            @{ How = 'a property Term'; Script = { 'Term', 'salad', 'laptop' | ConvertFrom-Csv | Test-FoodWord } }
            @{ How = 'a property Name'; Script = { 'Name', 'salad', 'laptop' | ConvertFrom-Csv | Test-FoodWord } }
            @{ How = 'its own output'; Script = { Test-FoodWord salad, laptop | Test-FoodWord } }
        ) {
            (& $Script).Word | Should -BeExactly 'salad', 'laptop'
        }

        It 'knows terms of several words, plurals, capitals and quotation marks' {
            (Test-FoodWord 'ice cream', 'ice-cream', 'Tomatoes', '«salad»,').IsFood | Should -Be (, $true * 4)
        }

        It 'finds <Word> as <Folded>, and shows it' -ForEach @(
            @{ Word = 'crème brûlée'; Folded = 'creme brulee' }
            @{ Word = 'Jalapeño'; Folded = 'Jalapeno' }
            @{ Word = "jalapen`u{303}o"; Folded = 'jalapeno' }
            @{ Word = 'ｔｏｆｕ'; Folded = 'tofu' }
            @{ Word = 'cheese，pâté'; Folded = 'cheese pate' }
        ) {
            $prediction = Test-FoodWord $Word

            $prediction.Word, $prediction.FoldedWord | Should -BeExactly $Word, $Folded
            $prediction.Label, $prediction.IsKnown | Should -Be 'food', $true
            $prediction.Probability | Should -Be (Test-FoodWord $Folded).Probability
            $prediction | Out-String | Should -BeLike "*$Word ($Folded) *food*"
            (Test-FoodWord $Folded).FoldedWord | Should -BeNullOrEmpty
        }

        It 'answers 300 terms alike with vectors and with a model that embeds its words' {
            $terms = Get-Content "$PSScriptRoot/../data/terms.json" -Raw | ConvertFrom-Json

            $food = Test-FoodWord $terms -WarningAction Ignore
            $foodWords = Test-FoodWord $terms -Model food-words -WarningAction Ignore

            $food | Should -HaveCount 300
            foreach ($property in 'Word', 'Label', 'IsFood', 'IsKnown', 'FoldedWord') {
                $foodWords.$property | Should -BeExactly $food.$property
            }
        }

        It 'takes commas and slashes in a term for the same' {
            $predictions = Test-FoodWord 'cheese,wine', 'cheese/wine', 'cheese wine'

            $predictions.IsKnown | Should -Be (, $true * 3)
            $predictions.Probability | Select-Object -Unique | Should -HaveCount 1
        }

        It 'converts a property that is not text to text' {
            ([pscustomobject] @{ Word = 5 } | Test-FoodWord -WarningAction Ignore).Word | Should -BeExactly '5'
        }

        It 'reports <What> as <Id> and answers the others' -ForEach @(
            @{ What = 'an object without a word'; Id = 'PropertyMissing'; Value = [pscustomobject] @{ Foo = 1 } }
            @{ What = 'a hashtable without a word'; Id = 'PropertyMissing'; Value = @{ Foo = 1 } }
            @{ What = 'a date'; Id = 'NotAWord'; Value = [datetime] '2026-11-28' }
            @{ What = 'a Boolean'; Id = 'NotAWord'; Value = $true }
            @{ What = 'a version'; Id = 'NotAWord'; Value = [version] '1.2' }
            @{ What = 'an object as a word'; Id = 'NotAWord'; Value = @{ Word = @{ Word = 'tea' } } }
            @{ What = 'a null as a word'; Id = 'EmptyWord'; Value = @{ Word = $null } }
        ) {
            ($Value, 'salad' | Test-FoodWord @silent).Word | Should -BeExactly salad
            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"

            # The same as an argument.
            (Test-FoodWord $Value, 'salad' @silent).Word | Should -BeExactly salad
            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        }

        It 'takes the word of <What>' -ForEach @(
            @{ What = 'a hashtable'; Value = @{ Word = 'salad'; Price = 3 } }
            @{ What = 'a dictionary in order'; Value = [ordered] @{ Price = 3; term = 'salad' } }
            @{ What = 'a dictionary with its own case'; Value = '{"word":"salad"}' | ConvertFrom-Json -AsHashtable }
            @{ What = 'an object'; Value = [pscustomobject] @{ Word = 'salad' } }
            @{ What = 'an object with a list'; Value = [pscustomobject] @{ Word = , 'salad' } }
            @{ What = 'a match'; Value = [regex]::Match('a salad', 'salad') }
            @{ What = 'a list of hashtables'; Value = , @(@{ Word = 'salad' }) }
        ) {
            ($Value | Test-FoodWord).Word | Should -BeExactly salad
            (Test-FoodWord $Value).Word | Should -BeExactly salad
        }

        It 'takes the names of files, from the pipeline and as an argument' {
            $file = New-Item "$TestDrive/names/salad" -Force

            ($file | Test-FoodWord).Word, (Test-FoodWord $file).Word | Should -BeExactly salad, salad
        }

        It 'takes the word from -WordProperty, <How>' -ForEach @(
            @{ How = 'a name'; Property = 'product' }
            @{ How = 'a script block'; Property = { $_.Product } }
            @{ How = 'a part of a text'; Property = { ($_.Line -split ' ')[1] } }
        ) {
            $rows = 'Name,Product,Line', 'x1,salad,1 salad', 'x2,laptop,2 laptop' | ConvertFrom-Csv
            $answers = $rows | Test-FoodWord -WordProperty $Property -WarningVariable warnings

            $answers.Word | Should -BeExactly salad, laptop
            $answers.IsFood | Should -Be $true, $false
            $warnings | Should -BeNullOrEmpty
            (Test-FoodWord $rows -WordProperty $Property).Word | Should -BeExactly salad, laptop
        }

        It 'reports what -WordProperty does not find as <Id>, and answers the others' -ForEach @(
            @{ Id = 'PropertyMissing'; Property = 'Product'; Value = @{ Word = 'tea' } }
            @{ Id = 'PropertyMissing'; Property = 'Product'; Value = 'tea' }
            @{ Id = 'WordPropertyFailed'; Property = { $_.Product -eq 'tea' ? (throw 'no tea') : $_.Product }
                Value = @{ Product = 'tea' } }
            @{ Id = 'EmptyWord'; Property = { $_.Product -eq 'tea' ? $null : $_.Product }
                Value = @{ Product = 'tea' } }
            @{ Id = 'NotAWord'; Property = 'Product'; Value = @{ Product = [datetime] 0 } }
        ) {
            $words = ($Value, @{ Product = 'salad' } | Test-FoodWord -WordProperty $Property @silent).Word

            $words | Should -BeExactly salad

            $problems[-1].FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        }

        It 'warns once if the word is taken from Name and there is other text' {
            $rows = 'Name,Product,Price', 'salad,x,3', 'laptop,y,900' | ConvertFrom-Csv
            $answers = $rows | Test-FoodWord -WarningVariable warnings -WarningAction SilentlyContinue

            $answers.Word | Should -BeExactly salad, laptop
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -BeLikeExactly '*Product. Use -WordProperty*'
            $null = 'Name,Price', 'salad,3' | ConvertFrom-Csv | Test-FoodWord -WarningVariable warnings
            $null = 'Word,Product', 'salad,x' | ConvertFrom-Csv | Test-FoodWord -WarningVariable +warnings
            $warnings | Should -BeNullOrEmpty
        }

        It 'writes nothing for no words' {
            @() | Test-FoodWord | Should -BeNullOrEmpty
            Test-FoodWord -Word @() | Should -BeNullOrEmpty
        }

        It 'says unknown, not food or no food, where it has no vector' {
            $predictions = 'qwxzv', 'salad', 'zzqqj' |
                Test-FoodWord -WarningVariable warnings -WarningAction SilentlyContinue

            $predictions.Label | Should -BeExactly 'unknown', 'food', 'unknown'
            $predictions.IsKnown | Should -Be $false, $true, $false
            $predictions[0].IsFood | Should -Be $null
            $predictions[0].Probability | Should -Be $null
            $warnings | Should -HaveCount 1
            $warnings | Should -Match '^2 words are unknown'
        }

        It 'counts one unknown word in the singular' {
            $null = Test-FoodWord qwxzv -WarningVariable warnings -WarningAction SilentlyContinue

            $warnings | Should -Match '^1 word is unknown'
        }
    }

    Context 'files' {
        BeforeAll {
            Set-Content "$TestDrive/one.txt" 'salad', '', 'laptop'
            Set-Content "$TestDrive/two.txt" 'pizza' -Encoding utf8BOM
            Set-Content "$TestDrive/utf16.list" 'salad', 'laptop' -Encoding unicode
            Set-Content -LiteralPath "$TestDrive/brackets[1].list" 'tea'
        }

        It 'reads a word a line with -Path and wildcards' {
            (Test-FoodWord -Path "$TestDrive/*.txt").Word | Should -BeExactly 'salad', 'laptop', 'pizza'
            (Test-FoodWord -Path "$TestDrive/two.txt", "$TestDrive/one.txt").Word |
                Should -BeExactly 'pizza', 'salad', 'laptop'
        }

        It 'keeps blanks around a word, and leaves the end of the line out' {
            [IO.File]::WriteAllText("$TestDrive/blanks.list", "salad`r`n`r`n  laptop `nice cream")
            $predictions = Test-FoodWord -Path "$TestDrive/blanks.list"

            $predictions.Word | Should -BeExactly 'salad', '  laptop ', 'ice cream'
            $predictions.IsFood | Should -Be $true, $false, $true
        }

        It 'ends a line at <Name>' -ForEach @(
            @{ Name = 'CR'; End = "`r" }
            @{ Name = 'VT'; End = "`v" }
            @{ Name = 'FF'; End = "`f" }
            @{ Name = 'NEL'; End = "`u{85}" }
            @{ Name = 'U+2028'; End = "`u{2028}" }
        ) {
            Set-Content TestDrive:/ends.txt "salad${End}laptop${End}" -NoNewline

            (Test-FoodWord -Path TestDrive:/ends.txt).Word | Should -BeExactly salad, laptop
        }

        It 'does not take a file for the model of its name' {
            $folder = New-Item "$TestDrive/groceries" -ItemType Directory
            Set-Content "$folder/food" 'groceries'
            Push-Location $folder
            try {
                Test-FoodWord salad -Quiet | Should -BeTrue
            }
            finally {
                Pop-Location
            }
        }

        It 'takes <_> as it is written' -ForEach '-LiteralPath', '-PSPath', '-LP' {
            $arguments = @{ $_.TrimStart('-') = "$TestDrive/brackets[1].list" }
            (Test-FoodWord @arguments).Word | Should -BeExactly 'tea'
        }

        It 'reads UTF-16 by its byte order mark' {
            (Test-FoodWord -Path "$TestDrive/utf16.list").Word | Should -BeExactly 'salad', 'laptop'
        }

        It 'looks for relative paths in the current location, whatever drive it is on' {
            Copy-Item $food "$TestDrive/mine.onnx"
            Push-Location TestDrive:\
            try {
                (Test-FoodWord -Path one.txt -Model ./mine.onnx).Model | Should -BeExactly 'mine', 'mine'
                (Test-FoodWord tea -Model mine.onnx).Model | Should -BeExactly 'mine'
            }
            finally {
                Pop-Location
            }
        }

        It 'refuses a table, JSON and the like: <File>' -ForEach @(
            @{ File = 'inv.csv'; Text = "Product`nsalad" }
            @{ File = 'inv.TSV'; Text = "Product`nsalad" }
            @{ File = 'inv.json'; Text = '["salad"]' }
            @{ File = 'json.txt'; Text = "[`n  { `"Product`": `"salad`" }`n]" }
            @{ File = 'lines.txt'; Text = "{`"Product`": `"salad`"}`n{`"Product`": `"laptop`"}" }
            @{ File = 'xml.txt'; Text = '<?xml version="1.0"?><list/>' }
            @{ File = 'commas.txt'; Text = "Product,Price`nsalad,3.50`nlaptop,900" }
            @{ File = 'semicolons.txt'; Text = "Product;Price`r`nsalad;3,50" }
            @{ File = 'tabs.txt'; Text = "salad`t3`nlaptop`t4`n" }
        ) {
            $folder = New-Item "$TestDrive/tables" -ItemType Directory -Force
            Set-Content "$folder/$File" $Text
            (Test-FoodWord -Path "$folder/$File", "$TestDrive/one.txt" @silent).Word | Should -BeExactly salad, laptop

            $problems.FullyQualifiedErrorId | Should -BeExactly "NotAWordList,$by"
            $problems[0].Exception.Message | Should -BeLikeExactly "*$File*-WordProperty*"
        }

        It 'reads terms with commas and brackets as words' {
            Set-Content "$TestDrive/terms.txt" 'beans, green', 'peas, frozen', '[salad]', 'tea;'

            (Test-FoodWord -Path "$TestDrive/terms.txt").Word |
                Should -BeExactly 'beans, green', 'peas, frozen', '[salad]', 'tea;'
        }

        It 'names <Id> and reads the other files' -ForEach @(
            @{ Id = 'PathNotFound'; Path = 'missing.txt' }
            @{ Id = 'PathNotFound'; Path = '*.missing' }
            @{ Id = 'PathNotFound'; Path = 'broken[pattern' }
            @{ Id = 'PathIsDirectory'; Path = 'folder' }
            @{ Id = 'BinaryFile'; Path = 'picture.png' }
            @{ Id = 'FileNotReadable'; Path = 'locked.list' }
        ) {
            $null = New-Item "$TestDrive/folder" -ItemType Directory -Force
            [IO.File]::WriteAllBytes("$TestDrive/picture.png", (0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1))
            $lock = [IO.File]::Open("$TestDrive/locked.list", 'Create', 'Write', 'None')
            try {
                $predictions = Test-FoodWord -Path "$TestDrive/$Path", "$TestDrive/two.txt" @silent
            }
            finally {
                $lock.Dispose()
            }

            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            [string] $problems.TargetObject | Should -BeLike "*$([WildcardPattern]::Escape($Path))"
            $predictions.Word | Should -BeExactly 'pizza'
        }

        It 'names <Id> for <Path> and reads the other files' -ForEach @(
            @{ Id = 'PathNotFound'; Path = 'nosuchdrive:\words.txt' }
            @{ Id = 'NotFileSystem'; Path = 'Env:\PATH' }
            @{ Id = 'NotFileSystem'; Path = 'Env:\nosuchvariable' }
            @{ Id = 'NotFileSystem'; Path = 'Variable:\PSHOME' }
        ) {
            foreach ($parameter in 'Path', 'LiteralPath') {
                $arguments = @{ $parameter = $Path, "$TestDrive/two.txt" }
                $predictions = Test-FoodWord @arguments @silent

                $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
                $predictions.Word | Should -BeExactly 'pizza'
            }
        }

        It 'names each bad file in order and reads the others' {
            $null = New-Item "$TestDrive/several" -ItemType Directory
            [IO.File]::WriteAllBytes("$TestDrive/binary.list", (0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1))
            $bad = 'binary.list', 'several', 'missing.list' | ForEach-Object { Join-Path $TestDrive $_ }
            $predictions = Test-FoodWord -Path ($bad + "$TestDrive/two.txt") @silent

            $problems.FullyQualifiedErrorId |
                Should -BeExactly "BinaryFile,$by", "PathIsDirectory,$by", "PathNotFound,$by"
            $problems.TargetObject | Should -BeExactly $bad
            $predictions.Word | Should -BeExactly pizza
        }

        It 'refuses a path with a NUL, and reads the others' {
            $predictions = Test-FoodWord -LiteralPath "a`0b", "$TestDrive/two.txt" @silent

            $problems.FullyQualifiedErrorId | Should -BeExactly "PathInvalid,$by"
            $predictions.Word | Should -BeExactly pizza
            (Get-Failure { Test-FoodWord salad -Model "a`0b" }).FullyQualifiedErrorId |
                Should -BeExactly "PathInvalid,$by"
        }

        It 'goes on after a file that fails while it is read' -Skip:(-not (Test-Path /proc/self/mem)) {
            # Only Linux has a file that opens but cannot be read.
            $predictions = Test-FoodWord -LiteralPath /proc/self/mem, "$TestDrive/two.txt" @silent

            $problems.FullyQualifiedErrorId | Should -BeExactly "FileNotReadable,$by"
            $predictions.Word | Should -BeExactly pizza
        }

        It 'counts blank lines too when it names a line' {
            [IO.File]::WriteAllText("$TestDrive/late.list", "`n" * 20000 + "tea`na`0b`n")
            $predictions = Test-FoodWord -Path "$TestDrive/late.list" @silent

            $problems.FullyQualifiedErrorId | Should -BeExactly "WordContainsNul,$by"
            $problems[0].Exception.Message | Should -BeLikeExactly '*Line 20002*'
            $predictions.Word | Should -BeExactly tea
        }

        It 'names the line of a bad word and reads on' {
            Set-Content "$TestDrive/lines.list" ('salad', ('x' * 2000), 'tea')
            $predictions = Test-FoodWord -Path "$TestDrive/lines.list" @silent

            $problems.FullyQualifiedErrorId | Should -BeExactly "WordTooLong,$by"
            $problems[0].Exception.Message | Should -BeLike 'Line 2 of *lines.list*'
            $predictions.Word | Should -BeExactly 'salad', 'tea'
        }
    }

    Context 'bad words' {
        It '<Id> is an error of its own and the others get answers' -ForEach @(
            @{ Id = 'EmptyWord'; Word = $null }
            @{ Id = 'EmptyWord'; Word = '' }
            @{ Id = 'BlankWord'; Word = " `t " }
            @{ Id = 'WordTooLong'; Word = 'x' * 1025 }
            @{ Id = 'WordContainsNul'; Word = "sal`0ad" }
            @{ Id = 'WordNotUnicode'; Word = [string] [char] 0xD83C }
            @{ Id = 'WordNotUnicode'; Word = "a$([char] 0xDC00)b" }
            @{ Id = 'WordNotUnicode'; Word = "a$([char] 0xFFFE)b" }
        ) {
            $predictions = 'salad', $Word, 'laptop' | Test-FoodWord @silent

            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            $problems[0].CategoryInfo.Category | Should -BeExactly 'InvalidData'
            $predictions.Word | Should -BeExactly 'salad', 'laptop'
        }

        It 'is <Id> in a short message for <Length> characters, from the pipeline and from a file' -ForEach @(
            @{ Id = 'BlankWord'; Length = 10000; Character = ' ' }
            @{ Id = 'BlankWord'; Length = 10000; Character = "`t" }
            @{ Id = 'WordTooLong'; Length = 1048576; Character = 'x' }
        ) {
            $words = 'salad', ($Character * $Length), 'laptop'
            Set-Content "$TestDrive/long.list" $words

            ($words | Test-FoodWord @silent).Word | Should -BeExactly salad, laptop
            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"

            (Test-FoodWord -Path "$TestDrive/long.list" @silent).Word | Should -BeExactly salad, laptop
            $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            $problems[0].Exception.Message | Should -BeLikeExactly '*Line 2 of*'
            $problems[0].Exception.Message.Length | Should -BeLessThan 500
        }

        It 'stops at the first with -ErrorAction Stop' {
            { '', 'salad' | Test-FoodWord -ErrorAction Stop } | Should -Throw -ErrorId "EmptyWord,$by"
        }
    }

    Context '-Threshold, -Quiet and -BatchSize' {
        It 'moves the line with -Threshold' {
            (Test-FoodWord salad, laptop -Threshold 0).IsFood | Should -Be $true, $true
            (Test-FoodWord salad, laptop -Threshold 1).IsFood | Should -Be $false, $false
        }

        It 'refuses the threshold <_>' -ForEach -0.1, 1.1, ([double]::NaN) {
            $threshold = $_
            $failure = Get-Failure { Test-FoodWord salad -Threshold $threshold }

            $failure.FullyQualifiedErrorId | Should -BeExactly "ThresholdOutOfRange,$by"
            $failure.CategoryInfo.Category | Should -BeExactly InvalidArgument
        }

        It 'returns only Booleans with -Quiet, false for an unknown word' {
            'salad', 'laptop', 'qwxzv' | Test-FoodWord -Quiet -WarningAction SilentlyContinue |
                Should -Be $true, $false, $false
            'salad', 'laptop', 'tea' | Where-Object { Test-FoodWord $_ -Quiet } | Should -BeExactly 'salad', 'tea'
        }

        It 'gives the same answers in batches of <_>' -ForEach 1, 3, 65536 {
            $words = 'salad', 'laptop', 'lemon', 'river', 'tea', 'bus', 'soup'

            ($words | Test-FoodWord -BatchSize $_).Probability | Should -Be ($words | Test-FoodWord).Probability
        }

        It 'refuses the batch size <_>' -ForEach 0, 65537 {
            { Test-FoodWord salad -BatchSize $_ } | Should -Throw -ErrorId "ParameterArgumentValidationError,$by"
        }
    }

    Context 'models and vectors' {
        It 'takes the names that came with the module, or paths' {
            $folder = Split-Path $food
            $predictions = Test-FoodWord tea -Model food -Vectors wordnet-300d
            (Test-FoodWord tea -Model $food -Vectors "$folder/wordnet-300d.safetensors") | Should -Be $predictions
        }

        It 'refuses <Model> as <Id>' -ForEach @(
            @{ Id = 'ModelNotFound'; Model = 'nosuch' }
            @{ Id = 'ModelNotFound'; Model = 'nosuchdrive:\my.onnx' }
            @{ Id = 'ModelNotOnnx'; Model = 'TestDrive:\text.onnx' }
            @{ Id = 'ModelTruncated'; Model = 'TestDrive:\half.onnx' }
            @{ Id = 'ModelInvalid'; Model = 'TestDrive:\nosuchoperator.onnx' }
            @{ Id = 'ModelInputMismatch'; Model = 'noise' }
            @{ Id = 'ModelOutputMismatch'; Model = 'TestDrive:\sign.onnx' }
            @{ Id = 'VectorsMismatch'; Model = 'TestDrive:\elsewhere.onnx' }
        ) {
            Set-Content "$TestDrive/text.onnx" 'I am no model'
            $bytes = [IO.File]::ReadAllBytes($food)
            [IO.File]::WriteAllBytes("$TestDrive/half.onnx", $bytes[0..3000])
            Write-TinyModel "$TestDrive/nosuchoperator.onnx" NoSuchOperator
            Write-TinyModel "$TestDrive/sign.onnx" Sign
            # The same model, but trained on vectors with another SHA-256.
            $text = [Text.Encoding]::Latin1.GetString($bytes) -replace '[0-9a-f]{64}', ('0' * 64)
            [IO.File]::WriteAllBytes("$TestDrive/elsewhere.onnx", [Text.Encoding]::Latin1.GetBytes($text))

            $failure = Get-Failure { Test-FoodWord tea -Model $Model }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            $path = $Model.Replace('TestDrive:', $TestDrive).Replace('\', '?')
            $failure.Exception.Message | Should -BeLike "*$path*"
        }

        It 'refuses a link to a model that went away' -Skip:$IsWindows {
            $null = New-Item "$TestDrive/link.onnx" -ItemType SymbolicLink -Target "$TestDrive/gone.onnx"
            { Test-FoodWord tea -Model "$TestDrive/link.onnx" } | Should -Throw -ErrorId "LinkBroken,$by"
        }

        It 'refuses vectors that are <Id>' -ForEach @(
            @{ Id = 'VectorsNotFound'; Vectors = 'nosuch' }
            @{ Id = 'VectorsDamaged'; Vectors = 'TestDrive:\text.safetensors' }
            @{ Id = 'VectorsDamaged'; Vectors = 'TestDrive:\half.safetensors' }
        ) {
            Set-Content "$TestDrive/text.safetensors" 'I am no table'
            $bytes = [IO.File]::ReadAllBytes("$(Split-Path $food)/wordnet-300d.safetensors")
            $half = [ArraySegment[byte]]::new($bytes, 0, 100000).ToArray()
            [IO.File]::WriteAllBytes("$TestDrive/half.safetensors", $half)

            $failure = Get-Failure { Test-FoodWord tea -Vectors $Vectors }
            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            $failure.Exception.Message | Should -BeLikeExactly "*$(Split-Path $Vectors -Leaf)*"
        }

        It 'warns of vectors that a model which embeds its words does not use' {
            $null = Test-FoodWord salad -Model food-words -Vectors wordnet-300d -WarningVariable warnings `
                -WarningAction SilentlyContinue

            $warnings | Should -HaveCount 1
            $warnings | Should -BeLikeExactly '*embeds its vocabulary*'
        }
    }

    Context 'providers' {
        It 'runs on the CPU unless it is told otherwise' {
            (Test-FoodWord salad).Provider | Should -BeExactly CPU
            (Test-FoodWord salad -Provider cpu -DeviceId 0).Provider | Should -BeExactly CPU
        }

        It 'shows with -Verbose why Auto selected the provider' {
            $reason = (Get-OnnxExecutionProvider CUDA).IsAvailable -contains $true ?
                'Provider CUDA. ' : 'Provider CPU. CUDA cannot run here. '

            "$(Test-FoodWord salad -Provider Auto -Verbose 4>&1)" | Should -BeLikeExactly "*$reason*"
        }

        It 'is <Id> for <Script>' -ForEach @(
            @{ Id = 'ProviderNotFound'; Category = 'ObjectNotFound'; Script = { Test-FoodWord salad -Provider Abacus } }
            @{ Id = 'ProviderUnavailable'; Category = 'NotInstalled'; Script = {
                    Test-FoodWord salad -Provider VitisAI } }
            @{ Id = 'ProviderDeviceNotFound'; Category = 'ObjectNotFound'; Script = {
                    Test-FoodWord salad -DeviceId 1 } }
            @{ Id = 'ProviderOptionInvalid'; Category = 'InvalidArgument'; Script = {
                    Test-FoodWord salad -ProviderOption @{ a = 1 } } }
            @{ Id = 'ProviderOptionInvalid'; Category = 'InvalidArgument'; Script = {
                    Test-FoodWord salad -Provider Auto -ProviderOption @{ a = @() } } }
            @{ Id = 'ProviderOptionInvalid'; Category = 'InvalidArgument'; Script = {
                    Test-FoodWord salad -Provider Auto -ProviderOption @{ a = $null } } }
        ) {
            $failure = Get-Failure $Script

            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            $failure.CategoryInfo.Category | Should -Be $Category
        }
    }

    Context 'in a pipeline' {
        It 'answers before its input ends' {
            $first = & { while ($true) { 'salad' } } | Test-FoodWord | Select-Object -First 1

            $first.Label | Should -BeExactly 'food'
        }

        It 'runs in several runspaces at once' {
            $labels = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module OnnxDeep
                ('salad', 'laptop' | Test-FoodWord).Label -join ', '
            }

            $labels | Should -BeExactly (, 'food, not food' * 8)
        }

        It 'groups, filters, sorts and exports like any objects' {
            $words = 'salad', 'laptop', 'lemon', 'qwxzv'
            $groups = $words | Test-FoodWord -WarningAction SilentlyContinue | Group-Object Label -AsHashTable

            $groups['food'].Word | Should -BeExactly 'salad', 'lemon'
            $groups['unknown'].Word | Should -BeExactly 'qwxzv'
            Test-FoodWord salad | ConvertTo-Csv | Select-Object -First 1 | Should -BeExactly (
                '"Word","Label","Probability","IsFood","IsKnown","Model","IsSubword","Provider",' +
                '"FoldedWord","KnownWords","UnknownWords","Coverage","Suggestions"')
        }
    }
}
