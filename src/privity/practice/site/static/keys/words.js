// 2,048 short, ordinary English words, in their order: eleven bits each. Chosen for this list, so that no two sound alike where that
// was noticed and none is about illness, law or faith. INVARIANT: the list never changes; a phrase read out years ago must still match.

export const WORDS = `
able acorn acre actor adapt adobe adult after again agate agile agree aisle alarm album alder algae alike alley almond almost aloe alone along alpine
also alter amber amble amend ample amuse anchor angle ankle annex annual answer antler anvil apple apply april apron arbor arch arena argue arm armor
aroma arrow artist ascend ash aside ask aspen assist atlas atom attic auburn august aunt author auto autumn avenue avid avoid awake award aware away
awning axis axle azure baby back bacon badge badger bagel bake baker ball ballad ballet balm balsa bamboo banana band banjo bank banner bar barber
bare bark barley barn barrel basic basil basin basket batch bath baton bay beach bead beaker beam bean beard beaver become bed bee beech beet begin
behind beige belfry bell belong belt bench bend beret berry beside best better bevel beyond bicep bicycle bike bin birch bird bison blade blank blaze
blend bless blink block bloom blossom blouse blow blue bluff blunt blush board boat bobbin body bold bolt bond bone bonnet bonus book boost boot
border boss both bottle bottom bounce bow bowl box boy brace braid brain brake bran branch brass bread breeze brick bride bridge brief bright brim
bring brisk broad bronze brook broom broth brown brush bubble bucket buckle bud budget bugle build bulb bulk bumper bun bunch bundle bunny bus bush
busy butter button buzz cab cabbage cabin cable cactus cafe cake calf call calm camel camera camp can canal canary candle candy cane canoe canvas
canyon cap cape car card care cargo carol carpet carrot carry cart carton carve case cash cashew castle cat catch cattle cave cedar celery cello
cement center cereal chain chair chalk chance change charm chart chase check cheek cheer cheese cherry chess chest chew chick chief child chili chime
chimney chin chip choice choir choose chop chorus cider cinema circle circus citrus city claim clam clap class clay clean clear clerk clever cliff
climb cloak clock close closet cloth cloud clover club coach coal coast coat cobalt cobweb cocoa coffee coin cold collar colony color colt column comb
comet comfy comic common compass cone cook cookie cool copper copy coral cork corn corner cosmos cotton couch cough count county couple course cousin
cover cow cozy crab cradle craft crane crate crayon cream create creek crepe crest crew crisp crop cross crow crowd crown cruise crumb crunch crust
crystal cub cube cuff cup cupola curb curl curry curve cushion custom cycle cymbal dad daily dairy daisy dam damp dance dandy dare dark dash date dawn
day deal decade deck decor deep deer delta den denim depot depth desk detail dial diamond diary dice diet dig digit dill dime dine dinner dip direct
dish dive diver dock dog doll domain dome donate donkey donut door dot double dough dove down dozen draft dragon drama draw drawer dream dress drift
drill drink drive drizzle drop drum dry duck due duet duke dune dusk dust duty dwell eager eagle ear early earn earth easel east easy eat echo eclair
edge edit eel effort egg eight elbow elder elect elf elk elm else embark ember emblem employ emu enable end energy engine enjoy enough enter entry
envoy equal equip era errand escort essay even evening event ever every exact exam exit expert express extra eye fable fabric face fact fade fair
fairy falcon fall fame family fan fancy far farm fast father faucet favor fawn feast feed feel fellow felt fence fern ferry fetch few fiber fiddle
field fifth fifty fig figure file fill film filter final finch find fine finger finish fire firm first fish fit five fix flag flake flame flap flare
flash flat flavor flax fleece fleet flicker flight flint flip float flock floor flow flower fluff fluid flute fly foal foam focus fog foil fold folk
follow fond food foot forest forge forget fork form fort forty forum fossil found four fox frame free freight fresh friday friend fringe frisky frog
frond front frost fruit fudge fuel full fun fund funnel fur future gable gain galaxy gale gallon gallop game garage garden garlic garnet gas gate
gather gauge gauze gaze gazebo gear gecko gem gentle giant gift giggle ginger giraffe girl give glad glance glass glaze gleam glide glitter globe
glove glow glue goal goat gold golf good goose gopher gown grab grace grade grain grand grape graph grass gravel gravy gray great green greet grid
grill grin grip grocer groom groove ground group grove grow guard guava guess guest guide guitar gulf gull gum guppy gust gym habit hail hair half
hall halo ham hammer hamster hand handle handy happen happy harbor hard harp harvest hat hatch haven hawk hay hazel head heart heat heavy hedge heel
height helium hello helmet help hem hen herb herd here heron hidden high hike hill hinge hint hip hobby hockey hold hollow holly home honest honey
hood hoof hook hoop hope hopper horn horse hotel hour house hover how hub huddle hue hug hull human humble humor hungry hunt hurdle hurry husky hut
hybrid ice icicle icon idea idle igloo image impact inch income indigo indoor infant ink inland inlet input insect inside instant into invent invite
inward iris iron island issue item itself ivory ivy jacket jade jaguar jam jar jasmine jaunt jaw jazz jeans jelly jersey jet jewel jigsaw job jockey
jog join joke jolly joy jug juggle juice july jumbo jump june jungle junior juniper just jute kayak keen keep kelp kennel kettle key kick kid kilo
kilt kind king kiosk kit kitchen kite kitten kiwi knack knee knob knock knot koala label lace ladder ladle lady lagoon lake lamb lamp land lane
lantern lap lapel large lark laser lasso last latch late later latte laugh laurel lava lawn layer lead leaf lean leap learn lease least leave ledge
left leg legend lemon lend length lentil leopard less lesson let letter level lever library lid lift light like lilac lily limb lime limit line linen
link lion lip liquid list listen liter little live lively lizard llama load loaf lobby local locket lodge loft log logo long look loom loop lotus loud
lounge love low loyal lucky lumber lunar lunch lush lute lynx lyric macaw magic magnet magpie maid mail main major make mallet malt mammal mango
manner mantle many map maple marble march margin marina mark market marlin maroon marsh marvel mask mason mast mat match math matter maybe mayor maze
meadow meal mean measure medal medium meet mellow melon melt member memo mend menu merge merit merry mesa mesh message meteor meter method metro
middle midway might mild mile milk mill mimic mind minnow minor mint minute mirror mist mitten mix moat mobile model modern moist molar mole moment
monday money monkey month moon moose mop moral more mosaic moss most motel moth mother motion motor mound mount mouse mouth move movie much mud muffin
mug mule mural muscle museum music mustard myth nacho name nap napkin narrow nation native nature navy near neat neck nectar needle neon nephew nest
net new next nice nickel niece night nimble nine noble noise nomad none noodle noon north nose notch note notice novel now nudge number nut nutmeg
nylon oak oar oasis oat object oboe ocean october offer office often oil olive omelet once onion only onyx opal open opera option orange orbit orchid
order oregano organ origin osprey other otter ounce outdoor outer outfit outing oval oven over owl own owner oxygen oyster pace pack pact paddle page
paint pajama palace pale palm pan panda panel pansy pantry papaya paper parade parcel pardon parent park parrot part party pass past pasta paste
pastry patch path patio pattern pause pave paw pay pea peace peach peak peanut pear pearl pebble pecan pedal peel pen pencil penny people pepper perch
perfect period permit person pet phone photo phrase piano pick pickle picnic pie pier pigeon pilot pin pine pink pint pioneer pipe pitch pivot pixel
pizza place plaid plain plan planet plank plant plate play plaza please plenty plot plow plum plume plus pocket poem poet point polar pole polish
polite pollen polo poncho pond pony pool poplar poppy porch port portal post poster pot potato pouch pound powder power praise prance press pretty
price pride primer prince print prism profit program proof proper proud prune public puddle puffin pull pulp pulse pump pumpkin pupil puppet puppy
purple purse push put puzzle quail quarry quart queen quest quick quiet quill quilt quite quiz quota quote rabbit raccoon race rack radar radio radish
raft rail rain raise raisin rake rally ranch random range rapid rare rate raven reach ready real reason recall recipe record red reef refill region
relax relay remain remind remote rent repair reply report rescue rest result return review reward rhyme rhythm ribbon rice rich ride ridge right rim
ring rink rinse ripe ripple rise river road roast robe robin robot rock rocket rodeo roll roof room root rope rose rotate rough round rover row royal
ruby ruffle rug rugby ruler rumble run runner rural rush rust rustic rye sable saddle safari safe saffron sage sail salad salmon salon salsa salt
salute same sample sand sandal satin sauce sauna save savor say scale scarf scene school science scone scoop score scout screen scroll scrub sea seal
search season seat second section seed seesaw select self sell send senior sense sequel series serve set settle seven shade shadow shake shape share
sharp shawl shed sheep sheet shelf shell sherbet shield shift shine ship shirt shoe shop shore short shovel show shower shrimp shrub shuffle shut shy
side sign signal silent silk silver similar simple since sing single sip siren sister six size skate sketch ski skill skin skip skirt sky slate sled
sleek sleep sleeve slice slide slope slot slow small smart smile smock smooth snack snail snap sneaker snow soap soccer social sock soda sofa soft
soil solar solid solo solve some song sonnet soon sort soul sound soup source south soy space spade span spare spark speak speed spell spend spice
spider spin spinach spiral splash sponge spoon sport spot spray spread spring sprout spruce square squash squid stable staff stage stair stamp stand
staple star start state station statue stay steady steam steel steep stem step stereo stew stick still stir stitch stock stone stool stop store stork
storm story stove straw stream street string stripe strong student studio study style subway such suede sugar suit summer summit sun sunday sunset
super supper sure surf swallow swan swap sway sweep sweet swift swim swing switch symbol syrup system table tablet tackle taco tail tailor take talent
talk tall tan tandem tangle tango tank tap tape target tart task taste taxi tea teach team teapot tell ten tender tennis tent term terrace test text
thank thaw theme theory thick thimble thing think third thirst thirty thorn thread three thrive throat throw thumb thunder ticket tide tidy tie tiger
tile till timber time tin tint tiny tip tire title toad toast today toe toffee toga token tomato ton tone tongue tonic tool tooth top topaz topic
torch total toucan touch tour towel tower town toy trace track trade trail train trait tram travel tray treat tree trek trellis trend trim trio trip
trophy tropic trot trout truck true trunk trust try tub tuba tube tuesday tug tulip tuna tundra tune tunic tunnel turkey turn turnip turtle tutor
tuxedo twelve twenty twice twig twin twist type uncle under unfold unicorn union unique unit unity upbeat update uphill upon upper urban use usher
usual vacant valley valve van vanilla vapor vase vault veil velvet vendor verb verse very vessel vest video view villa village vine viola violet
violin visit visor vista vital vivid vocal voice volcano volume vote vowel voyage wafer waffle wage wagon waist wait walk wall walnut walrus waltz
wander want warm wash watch water wave wax way wear weasel weave website week well west wet whale wharf wheat wheel when whisker whistle white whole
wide width wild willow wind window wing wink winner winter wire wise wish wolf wonder wood wool word work world worth woven wrap wreath wren wrist
yacht yard yarn yawn year yellow yes yeti yodel yoga yogurt yolk young youth zebra zenith zero zest zigzag zinc zipper zodiac zone zoo zoom
`
  .trim()
  .split(/\s+/);
